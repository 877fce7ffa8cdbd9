import { useCustomerService } from '../../../harness/customerService';

const scenario = useCustomerService();

it('says who has the session of each item', async () => {
	scenario.heard('One', 0);
	scenario.heard('Two', 1);
	scenario.heard('Three', 2);
	scenario.service.handOver(scenario.account, scenario.customer(1), 'wei');
	scenario.service.handOver(scenario.account, scenario.customer(2));
	const input = [scenario.pair(0), scenario.pair(1), scenario.pair(2)];
	const { items } = await scenario.session('getState', {}, { input });
	const row = (position: number, service_state: number, name: string, userid?: string) => ({
		json: {
			...scenario.pair(position),
			service_state,
			service_state_name: name,
			servicer_userid: userid ?? null,
		},
		pairedItem: { item: position },
	});
	expect(items).toEqual([
		row(0, 0, 'new'),
		row(1, 3, 'with_servicer', 'wei'),
		row(2, 2, 'waiting_for_servicer'),
	]);
});

it('of a customer who has not written is ended', async () => {
	const { items } = await scenario.session('getState');
	expect(items[0]?.json.service_state_name).toBe('ended');
});
