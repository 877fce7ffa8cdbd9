import type { IDataObject } from 'n8n-workflow';

import type { ScenarioRun } from '../../harness/scenario';
import { continueOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

async function list(parameters: IDataObject = {}, run: ScenarioRun = {}) {
	return await scenario.run({ resource: 'member', operation: 'list', ...parameters }, run);
}

it('lists the members with customer contact in the app’s visible range', async () => {
	const { corp } = scenario.sandbox.world;
	corp.addMember('office').customerContact = false;
	const { items } = await list();
	expect(items).toEqual(
		['lin', 'wei', 'chen'].map((userid) => ({ json: { userid }, pairedItem: { item: 0 } })),
	);
});

it('lists them for every item', async () => {
	const { items } = await list({ returnAll: true }, { input: [{}, {}] });
	expect(items.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual([
		0, 0, 0, 1, 1, 1,
	]);
});

it('keeps the limit, which defaults to 50', async () => {
	const { corp } = scenario.sandbox.world;
	for (let number = 0; number < 100; number++) corp.addMember(`extra${number}`);
	expect((await list()).items).toHaveLength(50);
	expect((await list({ limit: 2 })).items).toHaveLength(2);
	expect((await list({ returnAll: true })).items).toHaveLength(103);
});

it('gives no items when nobody has customer contact', async () => {
	for (const member of scenario.sandbox.world.corp.members.values()) member.customerContact = false;
	const { items, status } = await list();
	expect(status).toBe('success');
	expect(items).toEqual([]);
});

it('refuses a limit that is no number, and says which permission the app lacks', async () => {
	const { error } = await list({ limit: '={{ $json.no }}' });
	expect(error?.message).toBe("'Limit' must be a whole number of at least 1");

	for (const app of scenario.sandbox.world.corp.apps.values()) app.callable = false;
	const { items } = await list({}, { ...continueOnFail, input: [{}, {}] });
	expect(items).toHaveLength(2);
	expect(items[1]).toMatchObject({
		json: { details: { errcode: 48002, retryable: false } },
		pairedItem: { item: 1 },
	});
});
