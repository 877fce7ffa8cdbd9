import {
	labelOf,
	optional,
	readEntry,
	readWithin,
	shownWhen,
	variant,
} from '../../nodes/shared/fields/field';
import { choiceField, filled, numberField, textField } from '../../nodes/shared/fields/kinds';

const output = choiceField({
	displayName: 'Output',
	name: 'output',
	options: [
		{ name: 'Details', value: 'details' },
		{ name: 'IDs Only', value: 'ids' },
	],
	default: 'details',
});
const limit = numberField({
	displayName: 'Wait Limit (Minutes)',
	name: 'limit',
	min: 1,
	max: 60,
	unit: 'minutes',
	default: 10,
});
const title = textField({ displayName: 'Title', name: 'title', maxBytes: 6 });

describe('a field of a collection', () => {
	it('that was not added has the value for that, whatever the panel shows first', () => {
		expect(readWithin({}, optional(limit, 0))).toBe(0);
		expect(readWithin({}, optional(limit))).toBeUndefined();
	});

	it.each([[undefined], [null], [''], [0], [61], [Infinity], ['many'], [true], [[5]]])(
		'that was added is not the same as not added when it holds %j',
		(value) => {
			expect(() => readWithin({ limit: value }, optional(limit, 0))).toThrow(
				"'Wait Limit' must be a number of minutes from 1 to 60",
			);
		},
	);
});

describe('a field of an entry', () => {
	it('has its default where n8n leaves out what was not changed', () => {
		expect(readEntry({}, output, ' in entry 2')).toBe('details');
	});

	it('is named with its entry in errors', () => {
		expect(() => readEntry({ output: null }, output, ' in entry 2')).toThrow(
			"'Output' in entry 2 has an unknown value",
		);
		expect(() => readEntry({ title: '  ' }, filled(title), ' in entry 2')).toThrow(
			"'Title' in entry 2 is empty",
		);
	});
});

describe('a choice', () => {
	const numbers = choiceField({
		displayName: 'Status',
		name: 'status',
		options: [
			{ name: 'Any', value: 0 },
			{ name: 'Left', value: 1 },
		],
		default: 0,
	});

	it('is given in the type of its option, also from text', () => {
		expect(numbers.parse('1', 'x')).toBe(1);
	});

	it.each([['2'], [''], [null], [undefined], ['Any']])('is never guessed from %j', (value) => {
		expect(() => numbers.parse(value, labelOf(numbers))).toThrow("'Status' has an unknown value");
	});
});

describe('text', () => {
	it('is counted in bytes, without the blanks around it', () => {
		expect(title.parse(' 你好 ', 'x')).toBe('你好');
		expect(() => title.parse('你好!', labelOf(title))).toThrow("'Title' is too long: 7 bytes");
	});
});

describe('a field that shows under conditions', () => {
	it('keeps all of them, the outer one first', () => {
		const shown = shownWhen(output, ['ids'], shownWhen(limit, [5], title));
		expect(shown.property.displayOptions).toEqual({ show: { output: ['ids'], limit: [5] } });
		expect(Object.keys(shown.property.displayOptions?.show ?? {})).toEqual(['output', 'limit']);
	});

	it('takes only values that the other field has', () => {
		// @ts-expect-error -- 'all' is none of its options
		shownWhen(output, ['all'], title);
	});

	it('leaves the field itself alone, as other texts do', () => {
		shownWhen(output, ['ids'], variant(title, { displayName: 'Name' }));
		expect(title.property).not.toHaveProperty('displayOptions');
		expect(title.property.displayName).toBe('Title');
	});
});
