import type { IDataObject } from 'n8n-workflow';

import { WeComExternalContactApi } from '../../../credentials/WeComExternalContactApi.credentials';
import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

const ofLin = { memberScope: 'chosen', members: ['lin'], output: 'details' };

/** The second corporation of the sandbox, with a member of the same user ID. */
function otherCorp() {
	const corp = [...scenario.sandbox.world.corps.values()][1];
	const app = [...(corp?.apps.values() ?? [])][0];
	return { corp, edit: { corpId: corp?.corpId ?? '', secret: app?.secret ?? '' } };
}

it('requests one token for all executions', async () => {
	await scenario.listCustomers(ofLin);
	await scenario.listCustomers(ofLin);
	expect(scenario.sandbox.log.count(PATHS.token)).toBe(1);
	expect(scenario.credential.writes).toBe(1);
});

it('requests one token for executions that start together', async () => {
	const runs = await Promise.all(
		Array.from({ length: 5 }, async () => await scenario.listCustomers(ofLin)),
	);
	expect(runs.map((run) => run.status)).toEqual(Array.from({ length: 5 }, () => 'success'));
	expect(scenario.sandbox.log.count(PATHS.token)).toBe(1);
});

it.each([40014, 42001] as const)(
	'refreshes a token that dies (%s) once, with several requests in flight',
	async (errcode) => {
		const { sandbox, credential } = scenario;
		await scenario.listCustomers(ofLin);
		sandbox.world.killToken(errcode);
		sandbox.log.clear();

		const { status, items } = await scenario.listCustomers({ output: 'members' });
		expect(status).toBe('success');
		expect(items).toHaveLength(3);
		expect(sandbox.log.count(PATHS.token)).toBe(1);
		expect(credential.writes).toBe(2);
	},
);

it('refreshes the token in the middle of a broadcast without a second task', async () => {
	const { sandbox } = scenario;
	sandbox.faults.add({ path: PATHS.create, call: 2, fault: { kind: 'killToken' } });
	const rows = ['lin', 'wei', 'chen'].map((member) => ({
		member,
		external_userid: scenario.customersOf(member)[5] ?? '',
	}));
	const { items } = await scenario.broadcast(
		{
			sendTo: 'inputItems',
			idField: 'external_userid',
			member: byId('={{ $json.member }}'),
		},
		{ input: rows },
	);
	expect(items.map(({ json }) => json.state)).toEqual(['created', 'created', 'created']);
	expect(scenario.tasks()).toHaveLength(3);
	expect(sandbox.log.count(PATHS.token)).toBe(2);
});

it('requests no third token when WeCom refuses the second one too', async () => {
	const { sandbox } = scenario;
	sandbox.faults.add({
		path: PATHS.customers,
		fault: { kind: 'errcode', errcode: 40014, errmsg: 'invalid access_token' },
	});
	const { error } = await scenario.listCustomers(ofLin);
	expect(error).toMatchObject({
		message: 'WeCom refused the access token',
		description:
			"The node refreshes the token automatically. If the error persists, check the secret.\nWeCom: invalid access_token (errcode 40014, doc 92994).\nWeCom's document: https://developer.work.weixin.qq.com/document/path/92994",
	});
	expect(sandbox.log.count(PATHS.token)).toBeLessThanOrEqual(2);
	expect(sandbox.log.count(PATHS.customers)).toBe(2);
});

it.each([40014, 42001, 41001])(
	'sends again with the same token when WeCom refuses it (%s) and then gives it once more',
	async (errcode) => {
		const { sandbox } = scenario;
		sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'errcode', errcode } });
		const { items, error } = await scenario.broadcast();
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.state)).toEqual(['created']);
		expect(scenario.tasks()).toHaveLength(1);
		expect(sandbox.log.count(PATHS.create)).toBe(2);
	},
);

it('replaces a token before it expires', async () => {
	await scenario.listCustomers(ofLin);
	const stored = JSON.parse(scenario.credential.data.accessToken as string) as IDataObject;
	scenario.credential.edit({
		accessToken: JSON.stringify({ ...stored, expiresAt: Date.now() - 1, obtainedAt: 0 }),
	});
	const refused = scenario.sandbox.log
		.calls(PATHS.customers)
		.filter(({ errcode }) => errcode !== 0);
	const { status } = await scenario.listCustomers(ofLin);
	expect(status).toBe('success');
	expect(refused).toEqual([]);
});

it.each([0, -1, '"soon"'])('uses a token whose lifetime is said to be %s', async (expiresIn) => {
	const { sandbox } = scenario;
	const query = new URLSearchParams({ corpid: sandbox.corpId, corpsecret: sandbox.secret });
	const response = await fetch(`${sandbox.url}${PATHS.token}?${query.toString()}`);
	const { access_token } = (await response.json()) as { access_token: string };
	sandbox.faults.add({
		path: PATHS.token,
		fault: {
			kind: 'notJson',
			body: `{"errcode":0,"access_token":"${access_token}","expires_in":${expiresIn}}`,
		},
	});
	sandbox.log.clear();
	const { status, error } = await scenario.listCustomers(ofLin, { input: [{}, {}, {}] });
	expect([status, error?.message]).toEqual(['success', undefined]);
	expect(sandbox.log.count(PATHS.token)).toBe(1);
});

it('never uses the token of another corporation after the credential was edited', async () => {
	const { sandbox, credential } = scenario;
	const first = await scenario.listCustomers(ofLin);
	const other = otherCorp();
	credential.edit(other.edit);
	sandbox.log.clear();
	const second = await scenario.listCustomers(ofLin);

	const idsOf = (result: typeof first) => result.items.map(({ json }) => json.external_userid);
	expect(idsOf(second)).toEqual(
		other.corp?.members.get('lin')?.relations.map(({ customer }) => customer.externalUserid),
	);
	expect(idsOf(second)).not.toEqual(idsOf(first));
	expect(sandbox.log.calls(PATHS.customers).map(({ tokenIndex }) => tokenIndex)).toEqual([2]);
});

it('sends the token to no other host than the API Base URL', async () => {
	await scenario.listCustomers(ofLin);
	const { data } = scenario.credential;
	const request = { url: 'https://elsewhere.example/cgi-bin/externalcontact/list' };
	await expect(new WeComExternalContactApi().authenticate(data, request)).rejects.toThrow(
		"The access token is sent only to the 'API Base URL' of the credential",
	);
	expect(request).not.toHaveProperty('qs');
});
