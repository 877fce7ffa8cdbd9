import type { IDataObject } from 'n8n-workflow';

import type { EventNodes } from '../../client/callbacks/requests';
import { PATHS } from '../../harness/requests';
import { useScenario } from '../../harness/scenario';
import { eventRequest, resultsOf, send, useTrigger } from '../../harness/triggerScenario';

const scenario = useScenario();
const trigger = useTrigger(scenario);

const itemFor = async (nodes: EventNodes, parameters: IDataObject = {}) =>
	await trigger.itemFor(nodes, { addDetails: true, ...parameters });

const requests = () => scenario.sandbox.log.calls().map(({ path }) => path);
const amy = () => scenario.customersOf('lin')[0] ?? '';
const tagEvent = (nodes: EventNodes) => ({
	Event: 'change_external_tag',
	ChangeType: 'create',
	UserID: undefined,
	ExternalUserID: undefined,
	...nodes,
});

it('asks WeCom for nothing unless it is switched on', async () => {
	const item = await itemFor({ ExternalUserID: amy() }, { addDetails: false });
	expect(item).not.toHaveProperty('details');
	expect(requests()).toEqual([]);
});

it.each(['simplified', 'raw'])(
	'reads the customer, as Customer: Get does; output %s',
	async (output) => {
		const item = await itemFor({ ExternalUserID: amy() }, { output });
		expect(item).toMatchObject({
			event_type: 'change_external_contact.add_external_contact',
			details: {
				external_userid: amy(),
				name: 'Amy Zhao',
				members: [
					expect.objectContaining({ userid: 'lin', tag_name: ['Gold', 'Green tea'] }),
					expect.objectContaining({ userid: 'wei' }),
				],
			},
			details_error: null,
		});
		expect(requests()).toContain(PATHS.customer);
	},
);

it('reads the customer group, as Customer Group: Get does', async () => {
	const [group] = scenario.sandbox.world.corp.groups.values();
	const nodes = {
		Event: 'change_external_chat',
		ChangeType: 'update',
		ChatId: group?.chatId ?? '',
	};
	expect(await itemFor({ ...nodes, UpdateDetail: 'change_name' })).toMatchObject({
		details: { chat_id: group?.chatId, name: group?.name, owner: group?.owner },
		details_error: null,
	});
});

it('reads the tag or its group', async () => {
	const tag = await itemFor(tagEvent({ Id: scenario.tagId('Gold'), TagType: 'tag' }));
	expect(tag).toMatchObject({ details: { tag_name: 'Gold' }, details_error: null });

	const [group] = scenario.sandbox.world.corp.tagGroups.values();
	const details = { group_id: group?.groupId, group_name: group?.name };
	const of = tagEvent({ Id: group?.groupId ?? '', TagType: 'tag_group' });
	expect(await itemFor(of)).toMatchObject({ details, details_error: null });
	const shuffled = tagEvent({ ChangeType: 'shuffle', Id: group?.groupId ?? '' });
	expect(await itemFor(shuffled)).toMatchObject({ details, details_error: null });
});

it('reads nothing where there is nothing to read', async () => {
	const nothing = { details: null, details_error: null };
	expect(await itemFor(tagEvent({ ChangeType: 'shuffle', Id: '' }))).toMatchObject(nothing);
	expect(
		await itemFor(tagEvent({ ChangeType: 'delete', Id: 'et1', TagType: 'tag' })),
	).toMatchObject(nothing);
	expect(await itemFor({ Event: 'new_event' })).toMatchObject(nothing);
	expect(requests()).toEqual([]);
});

describe('a read that fails', () => {
	it('does not lose the event', async () => {
		const item = await itemFor({ ExternalUserID: 'wmNobody', WelcomeCode: 'WC' });
		expect(item).toMatchObject({
			external_userid: 'wmNobody',
			welcome_code: 'WC',
			details: null,
			details_error: expect.stringMatching(/\(errcode \d+\)$/) as string,
		});
	});

	it('says which tag is gone', async () => {
		const item = await itemFor(tagEvent({ Id: 'etGone', TagType: 'tag' }));
		expect(item?.details_error).toContain('have no tag etGone');
	});

	it('says what is wrong with the credential, without its secret', async () => {
		scenario.credential.edit({ secret: 's'.repeat(43), accessToken: '' });
		const item = await itemFor({ ExternalUserID: amy() });
		expect(item).toMatchObject({ userid: 'lin', details: null });
		expect(item?.details_error).toContain('errcode 40001');
		// What to do is said once.
		expect(String(item?.details_error).split('Copy the secret')).toHaveLength(2);
		expect(JSON.stringify(item)).not.toContain('s'.repeat(43));
	});

	it('also has its place without the credential', async () => {
		const credentials = [trigger.callbackCredential()];
		const server = await trigger.publish({ addDetails: true }, { credentials });
		await send(server, eventRequest());
		const [result] = await resultsOf(server);
		expect(result?.status).toBe('success');
		expect(result?.items[0]?.json).toMatchObject({
			details: null,
			details_error:
				"No credential 'WeCom External Contact API' is chosen. Choose or create one in the node.",
		});
	});
});

it('fails where an expression for the switch gives neither true nor false', async () => {
	const server = await trigger.publish({ addDetails: '={{ 1 }}' });
	await send(server, eventRequest());
	const [result] = await resultsOf(server);
	expect(result?.error?.message).toBe("'Add Details' must be true or false");
});

it('leaves neither token nor key in what n8n stores', async () => {
	const server = await trigger.publish({ addDetails: true });
	await send(server, eventRequest({ ExternalUserID: amy() }));
	const [result] = await resultsOf(server);
	const stored = JSON.stringify(result?.stored);
	const { token, encodingAesKeySecret } = trigger.callbackCredential().data;
	for (const secret of [token, encodingAesKeySecret, scenario.sandbox.secret]) {
		expect(stored.includes(String(secret))).toBe(false);
	}
	expect(stored).toContain('Amy Zhao');
});
