import type { Router } from 'express';
import { z } from 'zod';

import { deliveryView } from '../callbacks/control';
import type { CallbackDelivery } from '../callbacks/world';
import { action, corpName, corpOf } from '../core/control';
import type { World } from '../world/world';
import {
	addContact,
	addHalf,
	agreeToArchiving,
	deleteContact,
	editContact,
	failTransfer,
} from './actions';

const pair = z.object({ ...corpName, userid: z.string(), external_userid: z.string() });

const member = z.object({ userid: z.string(), licensed: z.boolean() });

const newContact = z.object({
	...corpName,
	userid: z.string(),
	external_userid: z.string().optional(),
	name: z.string().optional(),
	state: z.string().max(64).optional(),
	addWay: z.number().int().optional(),
	chatStarted: z.boolean().optional(),
	awaitsConsent: z.boolean().optional(),
	/** Without verification: the member accepts with a second call, without it. */
	half: z.boolean().default(false),
});

const by = z.enum(['member', 'customer', 'transfer']).default('customer');

const edit = pair.extend({
	remark: z.string().optional(),
	description: z.string().optional(),
	remarkCompany: z.string().optional(),
	remarkMobiles: z.array(z.string()).optional(),
	addTags: z.array(z.string()).optional(),
	removeTags: z.array(z.string()).optional(),
});

const failReason = z.enum(['customer_refused', 'customer_limit_exceed']);

/** What happens between members and customers, over the control API. */
export function addCustomersControls(router: Router, world: World): void {
	router.post(
		'/interact',
		action(pair, ({ corp, userid, external_userid: id }) =>
			world.interact(userid, id, corpOf(world, corp)),
		),
	);
	router.post(
		'/add-customer',
		action(newContact, ({ corp, half, external_userid: externalUserid, ...contact }) => {
			const add = half ? addHalf : addContact;
			return shown(add(world, corpOf(world, corp), { externalUserid, ...contact }));
		}),
	);
	router.post(
		'/delete-relation',
		action(pair.extend({ by }), ({ corp, userid, external_userid: externalUserid, by: who }) => {
			deleteContact(world, corpOf(world, corp), { userid, externalUserid }, who);
		}),
	);
	router.post(
		'/edit-customer',
		action(edit, ({ corp, userid, external_userid: externalUserid, ...fields }) => {
			editContact(world, corpOf(world, corp), { userid, externalUserid }, fields);
		}),
	);
	router.post(
		'/archive-consent',
		action(pair, ({ corp, userid, external_userid: externalUserid }) =>
			shown(agreeToArchiving(world, corpOf(world, corp), { userid, externalUserid })),
		),
	);
	router.post(
		'/transfer-fail',
		action(pair.extend({ reason: failReason }), ({ corp, userid, external_userid, reason }) => {
			const externalUserid = external_userid;
			failTransfer(world, corpOf(world, corp), { userid, externalUserid }, reason);
		}),
	);
	router.post(
		'/licence',
		action(member, ({ userid, licensed }) => world.setLicensed(userid, licensed)),
	);
}

function shown<Result extends { delivery: CallbackDelivery }>({ delivery, ...rest }: Result) {
	return { ...rest, delivery: deliveryView(delivery) };
}
