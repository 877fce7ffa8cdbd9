import type { NextFunction, Request, Response } from 'express';
import express, { Router } from 'express';
import { z } from 'zod';

import { addControls } from '../areas';
import { action } from '../core/control';
import type { FaultHandle } from '../core/faults';
import { faultRuleSchema } from '../core/faults';
import type { ServerParts } from '../core/server';
import { settingsSchema } from '../settings';
import type { Corp } from '../world/corp';
import { CALLABLE_AGENT_ID } from '../world/corp';
import { seedLarge, seedSmall } from '../world/seeds';
import type { World } from '../world/world';
import { consoleView } from './consoleView';
import { overview } from './overview';

const MAX_CONTROL_BODY = '16mb';

const largeSeed = z.object({
	members: z.number().int().min(1),
	customersPerMember: z.number().int().min(0),
	tags: z.number().int().min(0).optional(),
	groups: z.number().int().min(0).optional(),
	sharedCustomers: z.number().int().min(0).optional(),
	unlicensedMembers: z.number().int().min(0).optional(),
	channels: z.number().int().min(0).optional(),
	customersPerGroup: z.number().int().min(0).optional(),
});

const bodies = {
	reset: z.object({ seed: z.union([z.literal('small'), largeSeed]).default('small') }),
	clock: z.object({ set: z.number(), advance: z.number(), freeze: z.boolean() }).partial().strict(),
	settings: settingsSchema.partial().strict(),
	corpSettings: z
		.object({
			receiveLimit: z.enum(['month_days', '7_per_week', '1_per_day']),
			trustedIps: z.array(z.string()),
			callable: z.boolean(),
			visibleMembers: z.union([z.literal('all'), z.array(z.string())]),
			callerIp: z.string().nullable(),
		})
		.partial()
		.strict(),
};

/** The page for people at `/`, and below `/sandbox` the control API that it calls. */
export function controls(parts: ServerParts): Router {
	const router = Router();
	// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- plain files without a build step, next to this file; the sandbox never ships
	router.use(express.static(`${__dirname}/page`, { redirect: false }));
	router.use('/sandbox', controlApi(parts));
	return router;
}

/**
 * The control API: what a test or a person may do to the world over HTTP. It is not part of WeCom
 * and not below /cgi-bin. Everything is JSON; a refusal is HTTP 400 with `{ error }`.
 */
function controlApi(parts: ServerParts): Router {
	const router = Router();
	router.use(express.json({ limit: MAX_CONTROL_BODY }));
	addWorldControls(router, parts);
	addControls(router, parts.world);
	addRequestControls(router, parts);
	router.use((_request, response) => response.status(404).json({ error: 'No such control' }));
	// A body that is not JSON. Express knows error handlers by their four parameters.
	router.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
		if (response.headersSent) next(error);
		else response.status(400).json({ error: error.message });
	});
	return router;
}

function addWorldControls(router: Router, { world, log, faults }: ServerParts): void {
	router.get('/state', (_request, response) => response.json(worldView(world)));
	router.get('/overview', (request, response) => {
		const { corp } = request.query;
		response.json(overview(world, log, typeof corp === 'string' ? corp : undefined));
	});
	router.get('/console', (request, response) => {
		const { corp } = request.query;
		response.json(consoleView(world, typeof corp === 'string' ? corp : undefined));
	});
	router.post(
		'/reset',
		action(bodies.reset, ({ seed }) => {
			world.clear();
			log.clear();
			faults.clear();
			if (seed === 'small') seedSmall(world);
			else seedLarge(world, seed);
			return worldView(world);
		}),
	);

	router.get('/clock', (_request, response) => response.json(clockView(world)));
	router.post(
		'/clock',
		action(bodies.clock, ({ set, advance, freeze }) => {
			if (set !== undefined) world.clock.set(set);
			if (advance !== undefined) world.clock.advance(advance);
			if (freeze === true) world.clock.freeze();
			if (freeze === false) world.clock.unfreeze();
			return clockView(world);
		}),
	);

	router.get('/settings', (_request, response) => response.json(world.settings));
	router.post(
		'/settings',
		action(bodies.settings, (settings) => Object.assign(world.settings, settings)),
	);
	router.post(
		'/corp-settings',
		action(bodies.corpSettings, ({ receiveLimit, callerIp, ...app }) => {
			if (receiveLimit !== undefined) world.setReceiveLimit(receiveLimit);
			if (callerIp !== undefined) world.callerIp = callerIp ?? undefined;
			Object.assign(world.corp.apps.get(CALLABLE_AGENT_ID) ?? {}, app);
			return worldView(world);
		}),
	);
}

function addRequestControls(router: Router, { log, faults }: ServerParts): void {
	router.get('/requests', (request, response) => {
		const { path, after } = request.query;
		const calls = log.calls(typeof path === 'string' ? path : undefined);
		response.json(calls.filter((call) => call.seq > Number(after ?? 0)));
	});
	router.delete('/requests', (_request, response) => {
		log.clear();
		response.json({});
	});

	router.get('/faults', (_request, response) => response.json(faults.list().map(faultView)));
	router.post(
		'/faults',
		action(faultRuleSchema, (rule) => faultView(faults.add(rule))),
	);
	router.delete('/faults', (_request, response) => {
		faults.clear();
		response.json({});
	});
}

function worldView(world: World): object {
	return {
		clock: clockView(world),
		callerIp: world.callerIp ?? null,
		corps: [...world.corps.values()].map(corpView),
	};
}

function corpView(corp: Corp): object {
	return {
		corpId: corp.corpId,
		name: corp.name,
		receiveLimit: corp.receiveLimit,
		// The secrets are shown: they open nothing but this sandbox.
		apps: [...corp.apps.values()],
		members: [...corp.members.values()].map(({ userid, name, customerContact, relations }) => ({
			userid,
			name,
			customerContact,
			customers: relations.filter((relation) => !relation.deleted).length,
		})),
		customerCount: corp.customers.size,
		groups: [...corp.groups.values()].map(({ chatId, name, owner }) => ({ chatId, name, owner })),
		taskCount: corp.tasks.size,
	};
}

function faultView({ id, rule, hits }: FaultHandle): object {
	return { id, ...rule, hits };
}

function clockView({ clock }: World): object {
	return { now: clock.now(), frozen: clock.frozen };
}
