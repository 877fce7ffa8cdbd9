import { asEntries, asText } from '../../nodes/shared/fields/read';

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

describe('a text', () => {
	it.each([
		['Hello', 'Hello'],
		[0, '0'],
		[-1.5, '-1.5'],
	])('can be %j', (value, text) => {
		expect(asText(value, "'Message'")).toBe(text);
	});

	it.each([NaN, Infinity, -Infinity])('is never %p, which nobody wants to send', (value) => {
		expect(() => asText(value, "'Message'")).toThrow(`'Message' is ${value}`);
	});
});
