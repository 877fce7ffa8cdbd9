import { encrypt, sign } from './crypto';
import { decrypt, PUBLISHED } from './receiver';

describe('callback crypto (doc 90968)', () => {
	test('the published example', () => {
		const { word, timestamp, nonce, encrypted, signature, aes, receiveId } = PUBLISHED;
		expect(sign(word, timestamp, nonce, encrypted)).toBe(signature);
		const { message, receiveId: receiver } = decrypt(aes, encrypted);
		expect(receiver).toBe(receiveId);
		expect(message).toContain('<Content><![CDATA[hello]]></Content>');
	});

	test('the published example, encrypted by the sandbox, comes out byte for byte', () => {
		const { encrypted, aes } = PUBLISHED;
		const { message, receiveId, random } = decrypt(aes, encrypted);
		expect(random).toHaveLength(16);
		expect(encrypt(aes, message, receiveId, random)).toBe(encrypted);
	});

	test.each([0, 11, 12, 13, 100])('a message of %d bytes survives', (length) => {
		const message = '茶'.repeat(length);
		const encrypted = encrypt(PUBLISHED.aes, message, 'ww1');
		expect(decrypt(PUBLISHED.aes, encrypted)).toMatchObject({ message, receiveId: 'ww1' });
	});

	test('a key of the wrong length is refused', () => {
		expect(() => encrypt('short', 'x', 'ww1')).toThrow('43 characters');
	});
});
