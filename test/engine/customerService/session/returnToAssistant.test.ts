import { useCustomerService } from '../../../harness/customerService';

const scenario = useCustomerService();

it('takes a new session for the API', async () => {
	scenario.heard();
	const { items } = await scenario.session('returnToAssistant');
	expect(items[0]?.json).toMatchObject({ service_state: 1, service_state_name: 'assistant' });
	expect(scenario.stateOf()).toBe(1);
});

it('cannot take one from a servicer', async () => {
	scenario.heard();
	scenario.service.handOver(scenario.account, scenario.customer(), 'lin');
	const { error } = await scenario.session('returnToAssistant');
	expect(error?.message).toContain('The session cannot change like this');
	expect(error?.description).toContain('Session > Get State');
	expect(scenario.stateOf()).toBe(3);
});
