import type { Router } from 'express';
import { z } from 'zod';

import { action, corpName, corpOf } from '../core/control';
import type { World } from '../world/world';
import { chatView, customerServiceView } from './view';
import { writtenSchema } from './written';

const account = z.object({ open_kfid: z.string() });
const pair = account.extend({ external_userid: z.string() });
const person = pair.extend({ userid: z.string() });
const message = z.union([z.string().min(1), writtenSchema]);

const bodies = {
	account: z.object({ ...corpName, name: z.string(), servicers: z.array(z.string()).default([]) }),
	newcomer: z.object({ ...corpName, name: z.string().min(1) }),
	enter: pair.extend({
		link: z.string().url().optional(),
		scene: z.string().optional(),
		scene_param: z.string().optional(),
		wechat_channels: z.record(z.unknown()).optional(),
	}),
	write: pair.extend({ message }),
	click: pair.extend({ msgid: z.string(), id: z.string() }),
	one: account.extend({ msgid: z.string() }),
	fail: account.extend({ msgid: z.string(), fail_type: z.number().int() }),
	blocked: pair.extend({ blocked: z.boolean() }),
	answer: person.extend({ message }),
	rejected: person.extend({ rejected: z.boolean() }),
	handOver: pair.extend({ userid: z.string().optional() }),
	status: account.extend({
		userid: z.string(),
		status: z.enum(['receiving', 'stopped', 'suspended']),
	}),
	managed: account.extend({ agentId: z.number().int(), managed: z.boolean() }),
	corp: z
		.object({
			apiOpen: z.boolean(),
			verified: z.boolean(),
			upgradeUserids: z.array(z.string()),
			upgradeChatIds: z.array(z.string()),
		})
		.partial()
		.strict(),
};

/** What people do in customer service, over the control API. */
export function addCustomerServiceControls(router: Router, world: World): void {
	const base = '/customer-service';
	addCustomerControls(router, world, base);
	addServicerControls(router, world, base);
	addAdminControls(router, world, base);
	router.get(base, (request, response) => {
		const { corp } = request.query;
		response.json(customerServiceView(world, typeof corp === 'string' ? corp : undefined));
	});
	router.post(
		`${base}/chat`,
		action(pair, ({ open_kfid: id, external_userid: customer }) =>
			chatView(world, world.customerService.chat(id, customer)),
		),
	);
}

function addCustomerControls(router: Router, world: World, base: string): void {
	router.post(
		`${base}/newcomer`,
		action(bodies.newcomer, ({ corp, name }) => ({
			external_userid: world.customerService.addWeChatUser(name, corpOf(world, corp)),
		})),
	);
	router.post(
		`${base}/enter`,
		action(bodies.enter, ({ open_kfid: id, external_userid: customer, ...entrance }) => {
			const { link, scene, scene_param: sceneParam, wechat_channels: channels } = entrance;
			const from = { link, scene, sceneParam, channels };
			return { welcome_code: world.customerService.enter(id, customer, from) ?? null };
		}),
	);
	router.post(
		`${base}/write`,
		action(bodies.write, ({ open_kfid: id, external_userid: customer, message: written }) => ({
			msgid: world.customerService.write(id, customer, written) ?? null,
		})),
	);
	router.post(
		`${base}/click`,
		action(bodies.click, ({ open_kfid: kf, external_userid: customer, msgid, id }) => ({
			msgid: world.customerService.clickMenu(kf, customer, msgid, id) ?? null,
		})),
	);
	router.post(
		`${base}/recall`,
		action(bodies.one, ({ open_kfid: id, msgid }) => world.customerService.recall(id, msgid)),
	);
	router.post(
		`${base}/block`,
		action(bodies.blocked, ({ open_kfid: id, external_userid: customer, blocked }) =>
			world.customerService.setBlocked(id, customer, blocked),
		),
	);
}

function addServicerControls(router: Router, world: World, base: string): void {
	const { servicers } = world.customerService;
	router.post(
		`${base}/servicer/write`,
		action(
			bodies.answer,
			({ open_kfid: id, external_userid: customer, userid, message: text }) => ({
				msgid: servicers.write(id, customer, userid, text),
			}),
		),
	);
	for (const step of ['take', 'transfer', 'reopen'] as const) {
		router.post(
			`${base}/servicer/${step}`,
			action(person, ({ open_kfid: id, external_userid: customer, userid }) =>
				servicers[step](id, customer, userid),
			),
		);
	}
	router.post(
		`${base}/servicer/end`,
		action(pair, ({ open_kfid: id, external_userid: customer }) => servicers.end(id, customer)),
	);
	router.post(
		`${base}/servicer/status`,
		action(bodies.status, ({ open_kfid: id, userid, status }) =>
			servicers.setStatus(id, userid, status),
		),
	);
	router.post(
		`${base}/servicer/reject`,
		action(bodies.rejected, ({ open_kfid: id, external_userid: customer, userid, rejected }) =>
			servicers.setRejected(id, customer, userid, rejected),
		),
	);
}

function addAdminControls(router: Router, world: World, base: string): void {
	router.post(
		`${base}/account`,
		action(bodies.account, ({ corp, name, servicers }) => ({
			open_kfid: world.customerService.addAccount(name, servicers, corpOf(world, corp)).openKfId,
		})),
	);
	router.post(
		`${base}/managed`,
		action(bodies.managed, ({ open_kfid: id, agentId, managed }) =>
			world.customerService.setManaged(id, agentId, managed),
		),
	);
	router.post(
		`${base}/corp`,
		action(bodies.corp, ({ apiOpen, verified, upgradeUserids, upgradeChatIds }) => {
			if (apiOpen !== undefined) world.customerService.setApiOpen(apiOpen);
			if (verified !== undefined) world.customerService.setVerified(verified);
			world.customerService.setUpgradeRange({ userids: upgradeUserids, chatIds: upgradeChatIds });
		}),
	);
	router.post(
		`${base}/token`,
		action(account, ({ open_kfid: id }) => ({ token: world.customerService.issueToken(id) })),
	);
	router.post(
		`${base}/hand-over`,
		action(bodies.handOver, ({ open_kfid: id, external_userid: customer, userid }) =>
			world.customerService.handOver(id, customer, userid),
		),
	);
	router.post(
		`${base}/fail`,
		action(bodies.fail, ({ open_kfid: id, msgid, fail_type: type }) =>
			world.customerService.fail(id, msgid, type),
		),
	);
}
