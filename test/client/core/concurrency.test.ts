import fc from 'fast-check';

import {
	mapConcurrently,
	mapConcurrentlyInOrder,
} from '../../../nodes/shared/client/core/concurrency';

describe('mapping concurrently', () => {
	it('keeps the order, does everything once, and never exceeds the limit', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.nat(20)),
				fc.integer({ min: 1, max: 6 }),
				async (inputs, lanes) => {
					let running = 0;
					let most = 0;
					const results = await mapConcurrently(inputs, lanes, async (input) => {
						most = Math.max(most, ++running);
						for (let turn = 0; turn < input; turn++) await Promise.resolve();
						running--;
						return input * 2;
					});
					expect(results).toEqual(inputs.map((input) => input * 2));
					expect(most).toBeLessThanOrEqual(lanes);
				},
			),
		);
	});

	it('starts nothing new after a failure and rethrows the first one', async () => {
		const started: number[] = [];
		const work = mapConcurrently([1, 2, 3, 4, 5, 6], 2, async (input) => {
			started.push(input);
			await Promise.resolve();
			if (input === 2) throw new Error('two');
			return input;
		});
		await expect(work).rejects.toThrow('two');
		expect(started.length).toBeLessThan(6);
	});
});

describe('mapping concurrently, in order', () => {
	/** Work that ends when the test says so. */
	function workshop() {
		const started: number[] = [];
		const finish = new Map<number, (error?: Error) => void>();
		const work = async (input: number) => {
			started.push(input);
			await new Promise<void>((resolve, reject) => {
				finish.set(input, (error) => (error ? reject(error) : resolve()));
			});
			return input * 10;
		};
		return { started, work, end: (input: number, error?: Error) => finish.get(input)?.(error) };
	}

	it('yields results in order and never exceeds the limit', async () => {
		const { started, work, end } = workshop();
		const results = mapConcurrentlyInOrder([1, 2, 3, 4], 2, work);
		const first = results.next();
		expect(started).toEqual([1, 2]);
		end(2);
		end(1);
		expect(await first).toEqual({ done: false, value: 10 });
		expect(started).toEqual([1, 2]);
		const second = results.next();
		expect(started).toEqual([1, 2, 3]);
		expect(await second).toEqual({ done: false, value: 20 });
	});

	it('starts nothing more once the caller stops, and waits for what is running', async () => {
		const { started, work, end } = workshop();
		const results = mapConcurrentlyInOrder([1, 2, 3, 4], 2, work);
		const first = results.next();
		end(1);
		await first;
		let ended = false;
		const stop = results.return().then(() => (ended = true));
		await Promise.resolve();
		expect(ended).toBe(false);
		end(2);
		await stop;
		expect(started).toEqual([1, 2]);
	});

	it('rethrows the first failure once everything running has ended, and drops the others', async () => {
		const { started, work, end } = workshop();
		const results = mapConcurrentlyInOrder([1, 2, 3], 2, work);
		const first = results.next();
		end(1, new Error('broken'));
		end(2, new Error('broken as well'));
		await expect(first).rejects.toThrow('broken');
		expect(started).toEqual([1, 2]);
		expect(await results.next()).toEqual({ done: true, value: undefined });
	});

	it('yields nothing for no inputs', async () => {
		const results = mapConcurrentlyInOrder([], 4, async () => await Promise.resolve(1));
		expect(await results.next()).toEqual({ done: true, value: undefined });
	});
});
