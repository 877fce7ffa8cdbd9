import { pages } from '../../../nodes/shared/client/core/pagination';

interface Page {
	rows?: string[];
	next_cursor?: string;
}

async function collect(answers: Page[]) {
	const asked: string[] = [];
	const list = pages(
		'/list',
		async (cursor) => {
			asked.push(cursor);
			return await Promise.resolve(answers[asked.length - 1] ?? {});
		},
		(page) => page.rows,
	);
	let count = 0;
	for await (const page of list) count += page ? 1 : 0;
	return { asked, count };
}

it('follows the cursor to the end, across empty pages', async () => {
	expect(await collect([{ next_cursor: 'a' }, { next_cursor: 'b' }, { next_cursor: '' }])).toEqual({
		asked: ['', 'a', 'b'],
		count: 3,
	});
});

it('reads one page when there is no cursor', async () => {
	expect(await collect([{}])).toEqual({ asked: [''], count: 1 });
});

it('refuses a repeated cursor instead of reading forever or stopping silently', async () => {
	const circle = [{ next_cursor: 'a' }, { next_cursor: 'b' }, { next_cursor: 'a' }];
	await expect(collect(circle)).rejects.toThrow('the list has no end');
});

describe('empty pages', () => {
	const empty = (count: number, from = 0) =>
		Array.from({ length: count }, (_, page): Page => ({ next_cursor: `c${from + page}` }));

	it('are read on for long', async () => {
		const some = { rows: ['a'], next_cursor: 'some' };
		const { count } = await collect([...empty(99), some, ...empty(99, 100), { rows: ['b'] }]);
		expect(count).toBe(200);
	});

	it('may be followed by the end of the list', async () => {
		expect((await collect([...empty(99), { rows: [] }])).count).toBe(100);
	});

	it('have an end, when every cursor is a new one', async () => {
		const endless = [...empty(5_000)].map((page) => ({ ...page, rows: [] }));
		await expect(collect(endless)).rejects.toMatchObject({
			name: 'WeComResponseError',
			message: 'WeCom gave 100 empty pages in a row, so the list has no end',
		});
	});
});

it('requests a page only when somebody reads on', async () => {
	let asked = 0;
	const list = pages(
		'/list',
		async (): Promise<Page> => await Promise.resolve({ next_cursor: String(++asked) }),
		(page) => page.rows,
	);
	await list.next();
	await list.next();
	expect(asked).toBe(2);
});
