import * as fc from 'fast-check';

import { chooseSender, SENDER_RULES } from '../../../nodes/shared/client/customers/senderRule';

const relation = fc.record(
	{
		userid: fc.constantFrom('lin', 'WEI', 'chen', 'gone'),
		createtime: fc.constantFrom(1_760_000_000, 1_760_000_001),
	},
	{ requiredKeys: [] },
);
const some = fc
	.uniqueArray(relation, { minLength: 1, selector: ({ userid }) => userid })
	.map((relations) => relations as [(typeof relations)[0], ...typeof relations]);

it.each(SENDER_RULES)('%s chooses the same whatever the order of the relations', (rule) => {
	const choose = chooseSender(rule, ['wei', 'lin']);
	fc.assert(
		fc.property(
			some.chain((relations) =>
				fc.tuple(
					fc.constant(relations),
					fc.shuffledSubarray(relations, { minLength: relations.length }),
				),
			),
			([relations, shuffled]) => {
				expect(choose(shuffled as typeof relations)).toEqual(choose(relations));
			},
		),
	);
});

const at = (userid: string, createtime?: number) => ({ userid, createtime });

it.each([
	['lastAdded', [at('lin', 5), at('wei', 6)], 'wei'],
	['firstAdded', [at('lin', 5), at('wei', 6)], 'lin'],
	['lastAdded', [at('lin', 5), at('Wei', 5)], 'Wei'],
	['firstAdded', [at('lin', 5), at('wei', 5)], 'wei'],
	['memberOrder', [at('lin', 5), at('WEI', 9)], 'WEI'],
	// A time that WeCom does not know decides nothing.
	['firstAdded', [at('wei'), at('lin', 5)], 'lin'],
	['lastAdded', [at('wei'), at('lin', 5)], 'lin'],
	// Somebody who is not listed comes after those who are.
	['memberOrder', [at('chen', 5), at('lin', 5)], 'lin'],
	['lastAdded', [at('zoe', 5), at('chen', 5)], 'chen'],
] as const)('%s of %j is %s', (rule, [first, second], userid) => {
	expect(chooseSender(rule, ['wei', 'lin'])([first, second]).userid).toBe(userid);
});

it('chooses a member whom WeCom names, if there is one', () => {
	const choose = chooseSender('lastAdded', []);
	const unnamed: { userid?: string; createtime?: number } = { createtime: 9 };
	expect(choose([unnamed, at('lin', 1)]).userid).toBe('lin');
	expect(choose([unnamed]).userid).toBeUndefined();
});
