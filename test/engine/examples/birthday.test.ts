import { DateTime } from 'luxon';

import { runExample } from '../../harness/examples';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

/** As the expressions of the workflow see it. */
const today = () => DateTime.now().setZone('Asia/Shanghai');

function describe(userid: string, position: number, description: string): string {
	const relation = scenario.sandbox.world.corp.members.get(userid)?.relations[position];
	if (!relation) throw new Error('There is no such customer');
	relation.description = description;
	return relation.customer.externalUserid;
}

it('asks once per member for all customers whose birthday is today', async () => {
	const date = today().toFormat('MM-dd');
	const born = [
		describe('lin', 3, `Prefers Oolong, birthday ${date}`),
		describe('lin', 5, `birthday ${date}`),
	];
	const [other] = [describe('chen', 2, `birthday ${date}`)];
	describe('lin', 4, `birthday ${today().plus({ days: 1 }).toFormat('MM-dd')}`);
	// Iris is not to be contacted.
	describe('lin', 8, `birthday ${date}`);
	const { error } = await runExample(scenario, 'birthday.json', { startNode: 'Every Morning' });
	expect(error).toBeUndefined();
	expect(scenario.recipientsOfTasks()).toEqual([born, [other]]);
});

it('asks nobody on a day without a birthday', async () => {
	const result = await runExample(scenario, 'birthday.json', { startNode: 'Every Morning' });
	expect(result.status).toBe('success');
	expect(result.output('Birthday Today')).toEqual([]);
	expect(scenario.tasks()).toEqual([]);
});
