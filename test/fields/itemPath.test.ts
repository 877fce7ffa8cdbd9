import { valueAt } from '../../nodes/shared/fields/itemPath';

const json = {
	id: 'wm1',
	'contact.id': 'wm2',
	contact: { id: 'wm3', 'user id': 'wm4' },
	'a b': { c: ['wm5', { 'd e': 'wm6' }] },
	ids: ['wm7'],
};

it.each([
	['id', 'wm1'],
	['contact.id', 'wm2'],
	["contact['user id']", 'wm4'],
	['contact["user id"]', 'wm4'],
	["['a b'].c[0]", 'wm5'],
	["['a b']['c'][1]['d e']", 'wm6'],
	['a b.c.1.d e', 'wm6'],
	['ids[0]', 'wm7'],
	['ids.0', 'wm7'],
])('finds %s', (path, value) => {
	expect(valueAt(json, path)).toBe(value);
});

it.each([
	'toString.name',
	'toString',
	'__proto__',
	'constructor',
	'constructor.name',
	'__proto__.constructor.name',
	'id.length',
	'id.0',
	'ids.length',
	'ids.at.name',
	'contact.missing.id',
])('finds nothing that is not the own field of something: %j', (path) => {
	expect(valueAt(json, path)).toBeUndefined();
});

it('finds a field that has the name of one of the prototype', () => {
	expect(valueAt(JSON.parse('{"__proto__":{"id":"wm1"}}') as object as never, '__proto__.id')).toBe(
		'wm1',
	);
});
