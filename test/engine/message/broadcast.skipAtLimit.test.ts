import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

const DECEMBER = new Date('2026-12-15T04:00:00Z');

async function send(ids: readonly string[], skipAtLimit: string, text = 'Hello') {
	return await scenario.broadcast({ externalUserIds: [...ids], text, options: { skipAtLimit } });
}

it('counts sent and waiting messages of any kind, by any member', async () => {
	await scenario.restart({ startAt: DECEMBER });
	const ids = scenario.customersOf('lin');
	const { world } = scenario.sandbox;
	const [personal, waiting, shared, fresh] = [ids[5], ids[6], ids[0], ids[7]] as [
		string,
		string,
		string,
		string,
	];
	world.addPersonalMessage('lin', [personal], 'Good morning');
	await scenario.broadcast({ externalUserIds: waiting, text: 'Waits' });
	// A customer of two members got one from the other.
	world.addPersonalMessage('wei', [shared], 'From Wei');
	const { items, hints } = await send([personal, waiting, shared, fresh], 'perDay');
	expect(items[0]?.json).toMatchObject({
		state: 'created',
		recipient_count: 1,
		skipped: [personal, waiting, shared].map((external_userid) => ({
			external_userid,
			reason: 'receive_limit',
		})),
	});
	expect(hints.map(({ message }) => message)).toContain(
		'Skipped 3 customers: they are at their receive limit.',
	);
});

it.each([
	['perDay', 1, 86_400],
	['perWeek', 7, 7 * 86_400],
	['perMonth', 31, 17 * 86_400],
])('%s allows %d', async (limit, allowed, periodSeconds) => {
	await scenario.restart({ startAt: DECEMBER });
	const ids = scenario.customersOf('lin');
	const { sandbox } = scenario;
	const one = ids.slice(5, 6);
	for (let count = 1; count < allowed; count++)
		sandbox.world.addPersonalMessage('lin', one, `${count}`);
	const state = async (text: string) => (await send(one, limit, text)).items[0]?.json.state;
	expect(await state('the last one')).toBe('created');
	for (const { msgid, createType } of scenario.tasks()) {
		if (createType === 0) sandbox.world.confirmTask(msgid);
	}
	expect(await state('one more')).toBe('no_recipients');
	sandbox.clock.advance(periodSeconds);
	expect(await state('in the next period')).toBe('created');
});

it('starts the day at midnight in China', async () => {
	// 23:30 in China.
	await scenario.restart({ startAt: new Date('2026-12-15T15:30:00Z') });
	const ids = scenario.customersOf('lin');
	const one = ids.slice(5, 6);
	scenario.sandbox.world.addPersonalMessage('lin', one, 'Good evening');
	expect((await send(one, 'perDay')).items[0]?.json.state).toBe('no_recipients');
	scenario.sandbox.clock.advance(3_600);
	expect((await send(one, 'perDay')).items[0]?.json.state).toBe('created');
});

it('counts the tasks of the same run', async () => {
	await scenario.restart({ startAt: DECEMBER });
	const ids = scenario.customersOf('lin');
	const one = ids[5] as string;
	const { items } = await scenario.broadcast(
		{
			sendTo: 'inputItems',
			idField: 'id',
			text: '={{ $json.text }}',
			options: { skipAtLimit: 'perDay' },
		},
		{
			input: [
				{ id: one, text: 'first' },
				{ id: one, text: 'second' },
			],
		},
	);
	expect(items.map(({ json }) => json.state)).toEqual(['created', 'no_recipients']);
});

it('is refused where WeCom chooses the customers', async () => {
	const { error } = await scenario.broadcast({
		sendTo: 'allOfMembers',
		members: ['lin'],
		options: { skipAtLimit: 'perDay' },
	});
	expect(error?.message).toBe(
		'Customers at their limit can be skipped only in a message that names its customers',
	);
	expect(scenario.tasks()).toEqual([]);
});

it('says when it had to read many tasks', async () => {
	await scenario.restart({ startAt: DECEMBER });
	const ids = scenario.customersOf('lin');
	for (let count = 0; count < 120; count++) {
		scenario.sandbox.world.addPersonalMessage(
			'chen',
			scenario.customersOf('chen').slice(0, 1),
			`${count}`,
		);
	}
	const { hints } = await send(ids.slice(5, 6), 'perMonth');
	expect(hints.map(({ message }) => message)).toContain(
		'120 tasks were read to count what the customers received.',
	);
});
