import fc from 'fast-check';

import { readIds } from '../../nodes/shared/fields/lists';

it('reads the same IDs from an array and from text with any separators', () => {
	const plain = fc.stringMatching(/^w[mo][A-Za-z0-9_-]{1,20}$/);
	const separator = fc.constantFrom(',', '\n', '\r\n', ' ', ';', '，', '、', ' ,\t');
	fc.assert(
		fc.property(fc.array(plain), separator, (ids, between) => {
			const expected = [...new Set(ids)];
			expect(readIds(ids, 'IDs', 'customer')).toEqual(expected);
			expect(readIds(ids.join(between), 'IDs', 'customer')).toEqual(expected);
			expect(readIds(`${between}${ids.join(between)}${between}`, 'IDs', 'customer')).toEqual(
				expected,
			);
		}),
	);
});
