import { RESET_AFTER } from '../../harness/faults';
import { fileOf } from '../../harness/files';
import { PATHS } from '../../harness/requests';
import { attach, retryOnFail, useScenario } from '../../harness/scenario';
import type { Media } from '../../sandbox';

const scenario = useScenario();

function uploaded(): Media[] {
	return [...scenario.sandbox.world.corp.media.values()];
}

it('uploads the same file of several items and attachments once', async () => {
	const [a, b] = scenario.customersOf('lin');
	const input = [
		await scenario.itemWithFile('a.png', { json: { customer: a } }),
		await scenario.itemWithFile('a.png', { json: { customer: b } }),
		await scenario.itemWithFile('a.png', {
			content: fileOf('png', 1_000, 1),
			json: { customer: b },
		}),
	];
	const { items } = await scenario.send(attach({ type: 'image' }, { type: 'image' }), { input });
	expect(items.map(({ json }) => json.state)).toEqual(['created', 'created', 'created']);
	expect(scenario.sandbox.log.count(PATHS.upload)).toBe(2);
});

it('makes one task of two items with the same customer and file', async () => {
	const [customer] = scenario.customersOf('lin');
	const input = [
		await scenario.itemWithFile('a.png', { json: { customer } }),
		await scenario.itemWithFile('a.png', { json: { customer } }),
	];
	const { items } = await scenario.send(attach({ type: 'image' }), { input });
	expect(items.map(({ json }) => json.state)).toEqual(['created', 'duplicate']);
});

it('makes separate tasks of items with different files', async () => {
	const [customer] = scenario.customersOf('lin');
	const input = [
		await scenario.itemWithFile('a.png', { json: { customer } }),
		await scenario.itemWithFile('a.png', { content: fileOf('png', 1_000, 1), json: { customer } }),
	];
	const { items } = await scenario.send(attach({ type: 'image' }), { input });
	expect(items.map(({ json }) => json.state)).toEqual(['created', 'created']);
});

it('uploads nothing in a dry run', async () => {
	const input = [await scenario.itemWithFile('a.png')];
	const { items } = await scenario.broadcast(
		{ ...attach({ type: 'image' }), options: { dryRun: true } },
		{ input },
	);
	expect(items[0]?.json).toMatchObject({ state: 'planned', attachment_count: 1, msgid: '' });
	expect(scenario.sandbox.log.count()).toBe(0);
});

it.each([40014, 42001] as const)(
	'repeats an upload whose token died on the way (%d)',
	async (errcode) => {
		const content = fileOf('png', 100_000);
		scenario.sandbox.faults.add({
			path: PATHS.upload,
			call: 1,
			fault: { kind: 'killToken', errcode },
		});
		const { error } = await scenario.broadcast(attach({ type: 'image' }), {
			input: [await scenario.itemWithFile('a.png', { content })],
		});
		expect(error).toBeUndefined();
		expect(uploaded().map((media) => media.content.equals(content))).toEqual([true]);
		expect(scenario.sandbox.log.count(PATHS.upload)).toBe(2);
	},
);

it('repeats an upload whose response was lost', async () => {
	scenario.sandbox.faults.add({ path: PATHS.upload, call: 1, fault: RESET_AFTER });
	const { error } = await scenario.broadcast(attach({ type: 'image' }), {
		input: [await scenario.itemWithFile('a.png')],
	});
	expect(error).toBeUndefined();
	expect(scenario.tasks()).toHaveLength(1);
});

it('creates no task after a failed upload, and names the task in the error', async () => {
	scenario.sandbox.faults.add({ path: PATHS.upload, fault: { kind: 'errcode', errcode: 45001 } });
	const { error } = await scenario.broadcast(attach({ type: 'image' }), {
		input: [await scenario.itemWithFile('a.png')],
	});
	expect(error?.message).toBe('The file is too large');
	expect(error?.description).toContain('Task 1 of 1 of member lin');
	expect(scenario.tasks()).toHaveLength(0);
});

describe('under Retry On Fail', () => {
	it('reuses the media ID, so that a lost response does not lead to a second task', async () => {
		const { sandbox } = scenario;
		// The first try cannot look for the task whose answer was lost, fails, and is run again.
		sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		sandbox.faults.add({
			path: PATHS.tasks,
			times: 1,
			fault: { kind: 'errcode', errcode: 48002 },
		});
		const { error, items } = await scenario.broadcast(attach({ type: 'image' }), {
			input: [await scenario.itemWithFile('a.png')],
			...retryOnFail,
		});
		expect([error?.message, items[0]?.json.state]).toEqual([undefined, 'recovered']);
		expect(scenario.tasks()).toHaveLength(1);
		expect(sandbox.log.count(PATHS.upload)).toBe(1);
		expect(sandbox.log.count(PATHS.create)).toBe(1);
	});

	it('does not repeat the tasks of an earlier attempt', async () => {
		const { sandbox } = scenario;
		const [a, b] = scenario.customersOf('lin');
		sandbox.faults.add({ path: PATHS.create, call: 2, fault: { kind: 'errcode', errcode: 45002 } });
		const input = [
			await scenario.itemWithFile('a.png', { json: { customer: a } }),
			await scenario.itemWithFile('b.png', {
				content: fileOf('png', 1_000, 1),
				json: { customer: b },
			}),
		];
		const { items } = await scenario.send(attach({ type: 'image' }), { input, ...retryOnFail });
		expect(items.map(({ json }) => json.state)).toEqual(['created', 'created']);
		expect(scenario.tasks()).toHaveLength(2);
		expect(sandbox.log.count(PATHS.upload)).toBe(2);
	});

	it('repeats a failed upload', async () => {
		const { sandbox } = scenario;
		sandbox.faults.add({
			path: PATHS.upload,
			call: 1,
			fault: { kind: 'errcode', errcode: 45001 },
		});
		const { error } = await scenario.broadcast(attach({ type: 'image' }), {
			input: [await scenario.itemWithFile('a.png')],
			...retryOnFail,
		});
		expect(error).toBeUndefined();
		expect(scenario.tasks()).toHaveLength(1);
	});
});
