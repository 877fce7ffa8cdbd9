import { useCustomerService } from '../../../harness/customerService';
import { RESET_AFTER } from '../../../harness/faults';
import { PATHS } from '../../../harness/requests';
import { retryOnFail } from '../../../harness/scenario';

const scenario = useCustomerService();

it('ends the session, with a code for a goodbye; the next message opens another', async () => {
	scenario.heard();
	scenario.service.handOver(scenario.account, scenario.customer(), 'lin');
	const { items } = await scenario.session('end');
	expect(items[0]?.json).toMatchObject({
		service_state: 4,
		service_state_name: 'ended',
		msg_code: expect.any(String) as string,
	});
	scenario.heard('And?');
	expect(scenario.stateOf()).toBe(0);
});

it('says goodbye with Message to the Customer', async () => {
	scenario.heard();
	const options = { messageToCustomer: 'Thank you for your visit.' };
	const { items } = await scenario.session('end', { options });
	expect(items[0]?.json).toMatchObject({ service_state: 4, message: { state: 'sent' } });
	expect(scenario.texts()).toEqual(['Thank you for your visit.']);
});

it('of one that has ended says how a new one begins', async () => {
	const { error } = await scenario.session('end');
	expect(error).toMatchObject({
		message: expect.stringContaining('The session has ended') as string,
		description: expect.stringContaining('next message') as string,
	});
});

describe('a lost answer', () => {
	it('is not repeated, and says where to look', async () => {
		scenario.heard();
		scenario.sandbox.faults.add({ path: PATHS.transferSession, fault: RESET_AFTER });
		const { error } = await scenario.session('end', {}, retryOnFail);
		expect(error).toMatchObject({
			message: expect.stringContaining('may or may not have changed the session') as string,
			description: expect.stringContaining('Session > Get State') as string,
		});
		expect(scenario.sandbox.log.count(PATHS.transferSession)).toBe(1);
	});

	it('Retry On Fail keeps the changes of earlier items, with their codes', async () => {
		scenario.heard('One', 0);
		scenario.heard('Two', 1);
		scenario.sandbox.faults.add({
			path: PATHS.transferSession,
			call: 2,
			fault: { kind: 'errcode', errcode: 48007 },
		});
		const input = [scenario.pair(0), scenario.pair(1)];
		const { items } = await scenario.session('end', {}, { input, ...retryOnFail });
		expect(items.map(({ json }) => [json.service_state, typeof json.msg_code])).toEqual([
			[4, 'string'],
			[4, 'string'],
		]);
		expect(scenario.sandbox.log.count(PATHS.transferSession)).toBe(3);
	});
});
