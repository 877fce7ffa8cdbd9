import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { engineWith, type Execute } from './toys';

const failing: Execute = async function () {
	throw new NodeOperationError(this.getNode(), 'It broke', {
		description: 'Mend it',
		itemIndex: 1,
	});
};

const items = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
const parameters = {};

describe('a run', () => {
	it('gives every item its parameters and keeps the pairing that the engine makes', async () => {
		const engine = engineWith(async function () {
			const words = this.getInputData().map((_item, index) => ({
				json: { word: this.getNodeParameter('word', index) },
			}));
			return [words];
		});

		const result = await engine.run({
			node: { parameters: { word: '={{ $json.id.toUpperCase() }} of {{ $itemIndex }}' } },
			input: items,
		});

		expect(result.status).toBe('success');
		expect(result.items).toEqual([
			{ json: { word: 'A of 0' }, pairedItem: { item: 0 } },
			{ json: { word: 'B of 1' }, pairedItem: { item: 1 } },
			{ json: { word: 'C of 2' }, pairedItem: { item: 2 } },
		]);
		expect(result.runData.Toy).toHaveLength(1);
		expect(result.error).toBeUndefined();
	});

	it('resolves expressions in the time zone of the workflow', async () => {
		const engine = engineWith(async function () {
			return [[{ json: { zone: this.getTimezone(), word: this.getNodeParameter('word', 0) } }]];
		});

		const { items } = await engine.run({
			node: { parameters: { word: '={{ $now.zoneName }}' } },
			timezone: 'Asia/Shanghai',
		});

		expect(items[0]?.json).toEqual({ zone: 'Asia/Shanghai', word: 'Asia/Shanghai' });
	});

	it('has a fresh execution ID, or the one of the test', async () => {
		const engine = engineWith(async function () {
			return [[{ json: { id: this.getExecutionId(), mode: this.getMode() } }]];
		});
		const node = { parameters };

		const own = await engine.run({ node, executionId: '42', mode: 'manual' });
		const fresh = await Promise.all([engine.run({ node }), engine.run({ node })]);

		expect(own.items[0]?.json).toEqual({ id: '42', mode: 'manual' });
		expect(new Set(fresh.map(({ items }) => items[0]?.json.id)).size).toBe(2);
		expect(fresh[0].items[0]?.json.mode).toBe('trigger');
	});

	it('shows execution hints', async () => {
		const engine = engineWith(async function () {
			this.addExecutionHints({ message: 'Two were skipped', location: 'outputPane' });
			return [this.getInputData()];
		});

		const { hints } = await engine.run({ node: { parameters } });

		expect(hints).toEqual([{ message: 'Two were skipped', location: 'outputPane' }]);
	});

	it('gives static data in and out', async () => {
		const engine = engineWith(async function () {
			const data = this.getWorkflowStaticData('global');
			data.count = (data.count as number) + 1;
			return [[]];
		});

		const { staticData } = await engine.run({
			node: { parameters },
			staticData: { global: { count: 1 } },
		});

		expect(staticData).toEqual({ global: { count: 2 } });
	});

	it('does not start with a required parameter left empty', async () => {
		const execute = jest.fn();
		const engine = engineWith(execute);

		const { error, status } = await engine.run({ node: { parameters: { must: '' } } });

		expect(status).toBe('error');
		expect(error?.message).toContain('Parameter "Must" is required');
		expect(execute).not.toHaveBeenCalled();
	});

	it('carries 100,000 items', async () => {
		const engine = engineWith(async function () {
			return [this.getInputData()];
		});

		const input = Array.from({ length: 100_000 }, (_, id) => ({ id }));
		const { items } = await engine.run({ node: { parameters }, input });

		expect(items).toHaveLength(100_000);
	});
});

describe('errors', () => {
	it('stop the workflow', async () => {
		const { error, items, status, stored } = await engineWith(failing).run({
			node: { parameters },
			input: [{}, {}],
		});

		expect(status).toBe('error');
		expect(items).toEqual([]);
		expect(error).toMatchObject({
			message: 'It broke',
			description: 'Mend it',
			context: { itemIndex: 1 },
		});
		expect(stored.resultData.error?.message).toBe('It broke');
	});

	it('let the input pass with Continue', async () => {
		const { error, items, status } = await engineWith(failing).run({
			node: { parameters, onError: 'continueRegularOutput' },
			input: [{ id: 'a' }],
		});

		expect(items.map(({ json }) => json)).toEqual([{ id: 'a' }]);
		expect(error?.message).toBe('It broke');
		// The engine forgets an error when the next node starts; here there is none.
		expect(status).toBe('error');
	});

	it('of single items go to the error output', async () => {
		const engine = engineWith(async function () {
			const error = new NodeApiError(this.getNode(), {}, { message: 'No b' });
			return [
				[
					{ json: { ok: true }, pairedItem: { item: 0 } },
					{ json: {}, error, pairedItem: { item: 1 } },
				],
			];
		});

		const { errorItems, items, status } = await engine.run({
			node: { parameters, onError: 'continueErrorOutput' },
			input: [{ id: 1 }, { id: 2 }],
		});

		expect(status).toBe('success');
		expect(items.map(({ json }) => json)).toEqual([{ ok: true }]);
		expect(errorItems.map(({ json }) => json)).toEqual([{ error: 'No b' }]);
	});

	it('make Retry On Fail execute all items again, in the same execution', async () => {
		const attempts: unknown[] = [];
		const engine = engineWith(async function () {
			attempts.push([this.getExecutionId(), this.getInputData().length]);
			if (attempts.length < 3) throw new NodeOperationError(this.getNode(), 'Not yet');
			return [this.getInputData()];
		});

		const { executionId, status } = await engine.run({
			node: { parameters, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			input: items,
		});

		expect(status).toBe('success');
		expect(attempts).toEqual(Array(3).fill([executionId, 3]));
	});
});

describe('cancelling', () => {
	it('aborts the signal of the running node', async () => {
		let started = () => {};
		const running = new Promise<void>((resolve) => (started = resolve));
		const engine = engineWith(async function () {
			const signal = this.getExecutionCancelSignal();
			started();
			await new Promise((_resolve, reject) => {
				signal?.addEventListener('abort', () => reject(new Error('Aborted')));
			});
			return [[]];
		});

		const execution = engine.start({ node: { parameters } });
		await running;
		execution.cancel();

		expect((await execution.result).status).toBe('canceled');
	});

	it('before the start runs no node', async () => {
		const execute = jest.fn();
		const execution = engineWith(execute).start({ node: { parameters } });
		execution.cancel();

		expect((await execution.result).status).toBe('canceled');
		expect(execute).not.toHaveBeenCalled();
	});
});

describe('a workflow', () => {
	it('runs node after node, and finds the item that an item came from', async () => {
		const engine = engineWith(async function () {
			const ids = this.getInputData().map((_item, index) => this.getNodeParameter('word', index));
			return [[{ json: { ids } }]];
		});

		const result = await engine.runWorkflow(
			{
				nodes: [
					{ name: 'Note', type: 'n8n-nodes-base.stickyNote' },
					{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
					{
						name: 'Edit',
						type: 'n8n-nodes-base.set',
						parameters: {
							assignments: { assignments: [{ name: 'n', value: '={{ $itemIndex }}' }] },
						},
					},
					{
						name: 'Collect',
						type: 'n8n-nodes-some-package.toy',
						parameters: { word: "={{ $json.n + $('Start').item.json.id }}" },
					},
				],
				connections: {
					Start: { main: [[{ node: 'Edit', type: 'main', index: 0 }]] },
					Edit: { main: [[{ node: 'Collect', type: 'main', index: 0 }]] },
				},
			},
			{ triggerItems: items },
		);

		expect(result.status).toBe('success');
		expect(result.output('Edit')).toHaveLength(3);
		expect(result.output('Collect')[0]?.json).toEqual({ ids: ['0a', '1b', '2c'] });
	});
});
