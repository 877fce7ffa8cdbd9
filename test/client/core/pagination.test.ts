import { pages } from '../../../nodes/WeComExternalContact/client/pagination';

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

it('follow the cursor to the end, over empty pages too', async () => {
	expect(await collect([{ next_cursor: 'a' }, { next_cursor: 'b' }, { next_cursor: '' }])).toEqual({
		asked: ['', 'a', 'b'],
		count: 3,
	});
});

it('are one when there is no cursor', async () => {
	expect(await collect([{}])).toEqual({ asked: [''], count: 1 });
});

it('refuse a cursor that comes back, instead of reading for ever or stopping in silence', async () => {
	const circle = [{ next_cursor: 'a' }, { next_cursor: 'b' }, { next_cursor: 'a' }];
	await expect(collect(circle)).rejects.toThrow('the list has no end');
});

it('are only asked for when somebody reads on', async () => {
	let asked = 0;
	const list = pages('/list', async () => await Promise.resolve({ next_cursor: String(++asked) }));
	await list.next();
	await list.next();
	expect(asked).toBe(2);
});
