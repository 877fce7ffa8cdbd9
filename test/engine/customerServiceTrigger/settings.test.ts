import type { IDataObject } from 'n8n-workflow';

import { useScenario } from '../../harness/scenario';
import { useServiceTrigger } from '../../harness/serviceScenario';

const scenario = useScenario();
const trigger = useServiceTrigger(scenario);

it.each<[IDataObject, string]>([
	[{ events: [] }, "'Trigger On' is empty, so nothing would start the workflow"],
	[{ events: '={{ [] }}' }, "'Trigger On' is empty, so nothing would start the workflow"],
	[{ events: ['text'] }, "'Trigger On' has an unknown value: text"],
	[{ accountScope: 'some' }, "'Accounts' has an unknown value"],
	[
		{ accountScope: 'chosen', accounts: [] },
		"'Account Names or IDs' is empty, so nothing would start the workflow",
	],
	[
		{ accountScope: 'chosen', accounts: '={{ null }}' },
		"'Account Names or IDs' is empty, so nothing would start the workflow",
	],
	[
		{ options: { checkEvery: 1 } },
		"'Check at Least Every' must be a number of seconds from 5 to 3,600",
	],
	[
		{ options: { maxRunning: 0 } },
		"'Max Concurrent Executions' must be a whole number from 1 to 1,000",
	],
	[{ options: { startWith: 73 } }, "'Start With the Last' must be a number of hours from 0 to 72"],
	[
		{ options: { oneAtATime: 'perhaps' } },
		"'One Message of a Customer at a Time' must be true or false",
	],
])('refuses to publish: %j', async (parameters, message) => {
	await expect(trigger.publish(parameters)).rejects.toThrow(message);
	expect(scenario.sandbox.log.calls()).toEqual([]);
});

it('lists the accounts to choose from', async () => {
	const second = trigger.addAccount('Repairs');
	const options = await trigger.engine.loadOptions('getServiceAccounts', {
		credential: scenario.credential,
	});
	expect(options).toContainEqual({ name: 'Repairs', value: second });
	expect(options).toHaveLength(2);
});

it('answers the verification of its URL, and refuses what is not signed', async () => {
	const server = await trigger.publish();
	const response = await fetch(server.url, {
		method: 'POST',
		body: '<xml><Encrypt>x</Encrypt></xml>',
	});
	expect(response.status).toBe(400);
	expect(server.executions).toHaveLength(0);
});
