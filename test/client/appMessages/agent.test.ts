import { findAgentId } from '../../../nodes/shared/client/appMessages/agent';
import { WeComError } from '../../../nodes/shared/client/core/errors';
import { ok, refusal, scripted } from '../fakes';

const SELF_BUILT = 'secret of a self-built app';

it('is that of the only app', async () => {
	const { client, requests } = scripted([
		{ ...ok, agentlist: [{ agentid: 1_000_002, name: 'CRM' }] },
	]);
	expect(await findAgentId(client)).toBe(1_000_002);
	expect(requests[0]).toMatchObject({ method: 'GET', path: '/cgi-bin/agent/list' });
});

it('is a number, also where WeCom writes it as text', async () => {
	const { client } = scripted([{ ...ok, agentlist: [{ agentid: '1000002' }] }]);
	expect(await findAgentId(client)).toBe(1_000_002);
});

it('is not guessed among several', async () => {
	const agentlist = [{ agentid: 1_000_002, name: 'CRM' }, { agentid: 1_000_003 }];
	const { client } = scripted([{ ...ok, agentlist }]);
	await expect(findAgentId(client)).rejects.toThrow('several apps: CRM (1000002), (1000003)');
});

it.each([
	['an empty list', { ...ok, agentlist: [] }],
	['no list', ok],
	['48002', refusal(48002)],
	['301002', refusal(301002)],
	['an unknown code', refusal(49999)],
])('says which secret is needed when a secret without an app gets %s', async (_, reply) => {
	const { client } = scripted([reply]);
	const error = await findAgentId(client).catch((problem: unknown) => problem as WeComError);
	expect(error).toBeInstanceOf(WeComError);
	expect((error as WeComError).remedy).toContain(SELF_BUILT);
});

it('leaves the untrusted IP what it is', async () => {
	const { client } = scripted([{ errcode: 60020, errmsg: 'no, from ip: 203.0.113.7, more' }]);
	const error = await findAgentId(client).catch((problem: unknown) => problem as WeComError);
	expect((error as WeComError).message).toContain('203.0.113.7');
	expect((error as WeComError).remedy).not.toContain(SELF_BUILT);
});
