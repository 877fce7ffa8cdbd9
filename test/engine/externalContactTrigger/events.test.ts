import { eventKinds } from '../../../nodes/WeComExternalContact/trigger/events';
import { useScenario } from '../../harness/scenario';
import { useTrigger } from '../../harness/triggerScenario';

const trigger = useTrigger(useScenario());

it('has values that are public and therefore fixed', () => {
	expect(eventKinds.map(({ value }) => value).sort()).toMatchInlineSnapshot(`
		[
		  "change_external_chat.create",
		  "change_external_chat.dismiss",
		  "change_external_chat.update",
		  "change_external_contact.add_external_contact",
		  "change_external_contact.add_half_external_contact",
		  "change_external_contact.del_external_contact",
		  "change_external_contact.del_follow_user",
		  "change_external_contact.edit_external_contact",
		  "change_external_contact.msg_audit_approved",
		  "change_external_contact.transfer_fail",
		  "change_external_tag.create",
		  "change_external_tag.delete",
		  "change_external_tag.shuffle",
		  "change_external_tag.update",
		  "customer_acquisition.balance_exhausted",
		  "customer_acquisition.balance_low",
		  "customer_acquisition.customer_start_chat",
		  "customer_acquisition.delete_link",
		  "customer_acquisition.friend_request",
		  "customer_acquisition.link_unavailable",
		  "customer_acquisition.quota_expire_soon",
		  "kf_account_auth_change",
		  "kf_msg_or_event",
		  "template_card_event",
		  "template_card_menu_event",
		]
	`);
});

it.each(eventKinds)('can be chosen alone, and always gives its fields: $name', async (kind) => {
	const [Event, ChangeType] = kind.value.split('.');
	const bare = { Event, ChangeType, UserID: undefined, ExternalUserID: undefined };
	const item = await trigger.itemFor(bare, { events: [kind.value] });
	expect(item).toMatchObject({ event_type: kind.value, change_type: ChangeType ?? null });
	const fields = kind.fields.map((name) => item?.[name]);
	expect(fields.every((value) => value === null || Array.isArray(value))).toBe(true);

	const others = eventKinds.map(({ value }) => value).filter((value) => value !== kind.value);
	expect(await trigger.itemFor(bare, { events: others })).toBeUndefined();
});
