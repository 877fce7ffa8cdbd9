// The main job, end to end: a campaign through n8n's own engine, against the sandbox WeCom.
// With WECOM_CORP_ID and WECOM_SECRET set: the part of it that only reads, against the real WeCom.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { createEngine } from '../test/harness/engine.ts';
import { startSandbox } from '../test/sandbox/index.ts';

const { WeComExternalContact, WeComExternalContactApi } = createRequire(import.meta.url)('..');

const engine = createEngine({
	nodeTypes: [new WeComExternalContact()],
	credentialTypes: [new WeComExternalContactApi()],
});

const { WECOM_CORP_ID: corpId, WECOM_SECRET: secret, WECOM_BASE_URL: baseUrl } = process.env;
if (corpId && secret) {
	await readRealWeCom({ corpId, secret, baseUrl: baseUrl ?? 'https://qyapi.weixin.qq.com' });
} else {
	await runCampaign();
}

async function runCampaign() {
	const sandbox = await startSandbox();
	try {
		const credential = engine.credential({
			corpId: sandbox.corpId,
			secret: sandbox.secret,
			baseUrl: sandbox.url,
		});
		const workflow = readExample('campaign.json');
		console.log(
			`A sandbox WeCom answers on ${sandbox.url}. Running examples/campaign.json on it.\n`,
		);
		const result = await engine.runWorkflow(workflow, { credentials: [credential] });
		if (result.status !== 'success') throw result.error;

		show(
			'The customers chosen by tag, without do-not-contact, each with the member who writes',
			result.output('List Tagged Customers'),
			['external_userid', 'name', 'userid', 'member_count'],
		);
		const tasks = result.output('Broadcast');
		show('The tasks created, one per member', tasks, [
			'msgid',
			'sender',
			'recipient_count',
			'fail_count',
			'state',
		]);
		show('Their status: nothing is delivered yet', result.output('Get Task Status'), [
			'msgid',
			'state',
			'members_pending',
			'pending',
		]);

		console.log('The members confirm on their phones');
		console.table(
			tasks.map(({ json: { sender, msgid } }) => {
				const { sent, notFriend, overLimit } = sandbox.world.confirmTask(msgid, sender);
				// As Get Task Status calls them.
				return { sender, msgid, sent, failed_not_friend: notFriend, failed_limit: overLimit };
			}),
		);

		const { parameters } = workflow.nodes.find(({ name }) => name === 'Get Task Status');
		const final = await engine.run({
			node: { parameters },
			input: tasks,
			credential,
			timezone: workflow.settings.timezone,
		});
		show('The summary', final.items, [
			'msgid',
			'state',
			'customer_count',
			'sent',
			'pending',
			'failed_limit',
			'last_sent_at',
		]);
		const completed =
			final.items.length > 0 && final.items.every(({ json }) => json.state === 'completed');
		console.log(completed ? 'The campaign is completed.' : 'The campaign is not completed.');
		process.exitCode = completed ? 0 : 1;
	} finally {
		await sandbox.stop();
	}
}

async function readRealWeCom(data) {
	const credential = engine.credential(data);
	const { status, message } = await engine.testCredential(credential);
	console.log(`Credential: ${message}`);
	if (status !== 'OK') process.exit(1);
	const parameters = {
		resource: 'customer',
		operation: 'list',
		memberScope: 'all',
		output: 'details',
		limit: 20,
	};
	const customers = await engine.run({ node: { parameters }, credential });
	if (customers.status !== 'success') throw customers.error;
	show('The first customers', customers.items, [
		'userid',
		'external_userid',
		'name',
		'add_way_name',
		'created_at',
	]);
}

function readExample(name) {
	return JSON.parse(readFileSync(new URL(`../examples/${name}`, import.meta.url), 'utf8'));
}

function show(title, items, fields) {
	console.log(title);
	console.table(
		items.map(({ json }) => Object.fromEntries(fields.map((field) => [field, json[field]]))),
	);
}
