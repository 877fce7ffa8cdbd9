import { TaskCreator } from '../../../nodes/shared/client/massMessages/createTask';
import { ExecutionMemo } from '../../../nodes/shared/client/massMessages/executionMemo';
import { ok, scripted } from '../fakes';
import { draftFor } from './drafts';

const body = { chat_type: 'single' as const, external_userid: ['wm1'] };

function creatorWith(
	client: ReturnType<typeof scripted>['client'],
	memo: ExecutionMemo,
	rivalOf: () => Promise<string | undefined>,
) {
	const check = {
		turnOf: () => 'turn',
		check: async () => await Promise.resolve({ skipped: [] }),
		rivalOf,
		withdrawn: () => undefined,
	};
	const toRequest = async () => await Promise.resolve(body);
	return new TaskCreator(client, memo, { ifUnknown: 'stop', checks: [check], toRequest });
}

it('keeps a task that WeCom has created, whatever fault of ours follows', async () => {
	const { client, requests } = scripted([{ ...ok, msgid: 'msg-fault' }]);
	const creator = creatorWith(client, new ExecutionMemo(false), async () => {
		return await Promise.reject(new TypeError('a fault of our own'));
	});
	await expect(creator.create(draftFor(['wm1']))).rejects.toThrow(TypeError);
	expect(await creator.create(draftFor(['wm1']))).toMatchObject({
		state: 'created',
		msgid: 'msg-fault',
	});
	expect(requests).toHaveLength(1);
});

it.each([null, undefined])('takes a fail_list of %s for an empty one', async (fail_list) => {
	const { client } = scripted([{ ...ok, msgid: 'msg-lists', fail_list }]);
	const creator = creatorWith(client, new ExecutionMemo(false), async () => {
		return await Promise.resolve(undefined);
	});
	expect(await creator.create(draftFor(['wm1', 'wm2']))).toEqual({
		state: 'created',
		msgid: 'msg-lists',
		recipient_count: 2,
		fail_list: [],
		skipped: [],
	});
});
