import { asEntries } from '../../nodes/shared/fields/read';

describe('the entries of a collection', () => {
	it.each([
		[{}, []],
		[{ attachment: [] }, []],
		[{ attachment: [{ type: 'link' }] }, [{ type: 'link' }]],
	])('of %j', (value, entries) => {
		expect(asEntries(value, 'attachment', 'Attachments')).toEqual(entries);
	});

	it.each([
		[undefined],
		[null],
		['some attachments'],
		[[{ type: 'link' }]],
		[{ attachment: null }],
		[{ attachment: 'some attachments' }],
		[{ attachment: { type: 'link' } }],
		[{ attachment: [null] }],
	])('are never guessed from %j', (value) => {
		expect(() => asEntries(value, 'attachment', "'Attachments'")).toThrow(
			"'Attachments' must be a list of entries",
		);
	});
});
