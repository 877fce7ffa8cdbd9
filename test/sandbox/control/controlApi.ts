import type { NextFunction, Request, Response } from 'express';
import express, { Router } from 'express';
import { z } from 'zod';

import {
	callbackEventSchema,
	callbackTargetSchema,
	fireCallback,
	verifyCallbackUrl,
} from '../callbacks/callbacks';
import { faultRuleSchema } from '../core/faults';
import type { ServerParts } from '../core/server';
import { settingsSchema } from '../core/settings';
import type { Corp } from '../world/corp';
import { seedLarge, seedSmall } from '../world/seeds';
import type { World } from '../world/world';
import { CALLABLE_AGENT_ID } from '../world/world';
import { overview } from './overview';

const MAX_BODY = '16mb';

const ids = z.array(z.string());
const pair = z.object({ userid: z.string(), external_userid: z.string() });

const largeSeed = z.object({
	members: z.number().int().min(1),
	customersPerMember: z.number().int().min(0),
	tags: z.number().int().min(0).optional(),
	groups: z.number().int().min(0).optional(),
	sharedCustomers: z.number().int().min(0).optional(),
});

const requests = {
	reset: z.object({ seed: z.union([z.literal('small'), largeSeed]).default('small') }),
	confirm: z.object({ msgid: z.string(), userid: z.string().optional(), only: ids.optional() }),
	pair,
	personalMessage: z.object({ userid: z.string(), external_userids: ids, text: z.string() }),
	killToken: z.object({ errcode: z.union([z.literal(40014), z.literal(42001)]).default(40014) }),
	callback: z.object({ target: callbackTargetSchema, event: callbackEventSchema.optional() }),
	clock: z.object({ set: z.number(), advance: z.number(), freeze: z.boolean() }).partial().strict(),
	settings: settingsSchema.partial().strict(),
	corpSettings: z
		.object({
			receiveLimit: z.enum(['month_days', '7_per_week', '1_per_day']),
			trustedIps: ids,
			callable: z.boolean(),
			visibleMembers: z.union([z.literal('all'), ids]),
			callerIp: z.string().nullable(),
		})
		.partial()
		.strict(),
};

/**
 * The control API: what a test or a person may do to the world over HTTP. It is not part of WeCom
 * and not under /cgi-bin. Everything is JSON; a refusal is HTTP 400 with `{ error }`.
 */
export function controlApi(parts: ServerParts): Router {
	const { world, log, faults } = parts;
	const router = Router();
	router.use(express.json({ limit: MAX_BODY }));

	router.get('/state', (_request, response) => response.json(stateOf(world)));

	router.post(
		'/reset',
		action(requests.reset, ({ seed }) => {
			world.clear();
			log.clear();
			faults.clear();
			if (seed === 'small') seedSmall(world);
			else seedLarge(world, seed);
			return stateOf(world);
		}),
	);

	router.post(
		'/confirm',
		action(requests.confirm, ({ msgid, userid, only }) =>
			world.confirmTask(msgid, userid, { only }),
		),
	);
	router.post(
		'/interact',
		action(requests.pair, ({ userid, external_userid: id }) => world.interact(userid, id)),
	);
	router.post(
		'/delete-relation',
		action(requests.pair, ({ userid, external_userid: id }) => world.deleteRelation(userid, id)),
	);
	router.post(
		'/personal-message',
		action(requests.personalMessage, ({ userid, external_userids: to, text }) => ({
			msgid: world.addPersonalMessage(userid, to, text).msgid,
		})),
	);
	router.post(
		'/kill-token',
		action(requests.killToken, ({ errcode }) => world.killToken(errcode)),
	);

	// Without an event it is the verification of the URL (doc 90930).
	router.post(
		'/callback',
		action(requests.callback, async ({ target, event }) =>
			event
				? await fireCallback(world, target, event)
				: { verified: await verifyCallbackUrl(world, target) },
		),
	);

	router.get('/overview', (request, response) => {
		const { corp } = request.query;
		response.json(overview(world, log, typeof corp === 'string' ? corp : undefined));
	});
	router.get('/tasks', (_request, response) => response.json(world.tasks().map(taskView)));
	router.get('/received/:id', (request, response) =>
		response.json(world.receivedBy(request.params.id)),
	);

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

	router.get('/clock', (_request, response) => response.json(clockView(world)));
	router.post(
		'/clock',
		action(requests.clock, ({ set, advance, freeze }) => {
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
		action(requests.settings, (settings) => Object.assign(world.settings, settings)),
	);
	router.post(
		'/corp-settings',
		action(requests.corpSettings, ({ receiveLimit, callerIp, ...app }) => {
			if (receiveLimit !== undefined) world.setReceiveLimit(receiveLimit);
			if (callerIp !== undefined) world.callerIp = callerIp ?? undefined;
			Object.assign(world.corp.apps.get(CALLABLE_AGENT_ID) ?? {}, app);
			return stateOf(world);
		}),
	);

	router.use((_request, response) => response.status(404).json({ error: 'No such control' }));
	// A body that is not JSON; Express tells error handlers by their four parameters.
	router.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
		if (response.headersSent) next(error);
		else response.status(400).json({ error: error.message });
	});
	return router;
}

/** Reads the body by its schema, acts, answers what the action gives back. */
function action<Schema extends z.ZodTypeAny>(
	schema: Schema,
	act: (input: z.output<Schema>) => unknown,
) {
	return async (request: Request, response: Response): Promise<void> => {
		const input = schema.safeParse(request.body ?? {});
		if (!input.success) {
			response.status(400).json({ error: input.error.message });
			return;
		}
		try {
			response.json((await act(input.data as z.output<Schema>)) ?? {});
		} catch (error) {
			response.status(400).json({ error: error instanceof Error ? error.message : String(error) });
		}
	};
}

function stateOf(world: World): object {
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

function taskView({ parts, ...task }: ReturnType<World['tasks']>[number]): object {
	return { ...task, parts: [...parts.values()] };
}

function faultView({ id, rule, hits }: { id: number; rule: object; hits: number }): object {
	return { id, ...rule, hits };
}

function clockView({ clock }: World): object {
	return { now: clock.now(), frozen: clock.frozen };
}
