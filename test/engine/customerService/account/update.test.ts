import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { PATHS } from '../../../harness/requests';
import type { ScenarioRun } from '../../../harness/scenario';

const scenario = useCustomerService();

async function names(): Promise<unknown[]> {
	const { items } = await scenario.ofAccount('account', 'list', { returnAll: true });
	return items.map(({ json }) => json.name);
}

const change = async (parameters: IDataObject, run?: ScenarioRun) =>
	await scenario.ofAccount('account', 'update', { ...parameters }, run);

it('changes the name and leaves the picture', async () => {
	const { items } = await change({ name: 'Coffee shop' });
	expect(items[0]?.json).toEqual({ open_kfid: scenario.account, name: 'Coffee shop' });
	const [call] = scenario.sandbox.log.calls(PATHS.updateServiceAccount);
	expect(call?.body).toEqual({ open_kfid: scenario.account, name: 'Coffee shop' });
	expect(await names()).toContain('Coffee shop');
});

it('changes the picture and leaves the name', async () => {
	const input = [await scenario.itemWithFile('tea.png')];
	const { items } = await change({ name: '', avatarSource: 'binary' }, { input });
	expect(items[0]?.json).toEqual({
		open_kfid: scenario.account,
		media_id: expect.any(String) as string,
	});
	expect(await names()).toContain('Tea shop');
});

it('with nothing to change is an error before any request', async () => {
	const { error } = await change({});
	expect(error?.message).toBe('There is nothing to change');
	expect(scenario.sandbox.log.count()).toBe(0);
});
