import { pages } from '../../../nodes/shared/client/core/pagination';

async function collect(answers: Array<{ next_cursor?: string }>) {
	const asked: string[] = [];
	const list = pages('/list', async (cursor) => {
		asked.push(cursor);
		return await Promise.resolve(answers[asked.length - 1] ?? {});
	});
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

it('requests a page only when somebody reads on', async () => {
	let asked = 0;
	const list = pages('/list', async () => await Promise.resolve({ next_cursor: String(++asked) }));
	await list.next();
	await list.next();
	expect(asked).toBe(2);
});
