import { decrypt } from '../../../nodes/shared/client/callbacks/decrypt';
import { encryptBytes, padded, plainOf, SECRETS } from './requests';

const decrypted = (plain: Buffer) => decrypt(SECRETS.encodingAesKey, encryptBytes(plain));

/** With the receiver of 18 bytes, this many bytes before the padding. */
const ofBytes = (count: number) => plainOf('x'.repeat(count - 16 - 4 - SECRETS.receiveId.length));

it.each([64, 65, 80, 94, 95])('opens %d bytes padded to a multiple of 32', (count) => {
	const opened = decrypted(padded(ofBytes(count)));
	expect(opened?.receiveId).toBe(SECRETS.receiveId);
	expect(opened?.message).toHaveLength(count - 38);
});

it.each([
	['to a multiple of 16 only', padded(ofBytes(70), 10)],
	['by a whole block too much', padded(ofBytes(64), 64)],
	['by 33 bytes', padded(ofBytes(63), 33)],
	['by 0 bytes', Buffer.concat([ofBytes(63), Buffer.alloc(1)])],
	['with one other byte', padded(ofBytes(70), 26).fill(25, 80, 81)],
	['with its first byte wrong', padded(ofBytes(70), 26).fill(25, 70, 71)],
])('does not open what is padded %s', (_, plain) => {
	expect(decrypted(plain)).toBeUndefined();
});

it.each([1, 2 ** 31, 2 ** 32 - 1 - 50])(
	'does not open a message that says %d bytes too many',
	(more) => {
		const length = 32 + SECRETS.receiveId.length + more;
		expect(decrypted(padded(plainOf('x'.repeat(32), { length })))).toBeUndefined();
	},
);

it('leaves what follows the message to the receiver', () => {
	const opened = decrypted(padded(plainOf('茶', { length: 0 })));
	expect(opened?.message).toHaveLength(0);
	expect(opened?.receiveId).toBe(`茶${SECRETS.receiveId}`);
});
