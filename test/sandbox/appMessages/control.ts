import type { Router } from 'express';
import { z } from 'zod';

import { action } from '../core/control';
import type { Corp } from '../world/corp';
import type { World } from '../world/world';
import type { AppMessage } from './model';
import { phoneOf, setDepartment, setMemberTag } from './world';

/** How many of each the page shows at most. */
const SHOWN_PHONES = 30;
const SHOWN_MESSAGES = 50;

const people = z.object({ id: z.number().int().min(1), userids: z.array(z.string()) });

/** Phones of members, departments and tags of the address book, over the control API. */
export function addAppMessageControls(router: Router, world: World): void {
	router.get('/app-messages/:userid', (request, response) => {
		const { userid } = request.params;
		if (!world.corp.members.has(userid)) {
			response.status(400).json({ error: `There is no member ${userid}` });
			return;
		}
		response.json(phoneView(world.corp, userid));
	});
	router.get('/phones', (request, response) => {
		const { corp: corpId } = request.query;
		response.json(phones(world.corps.get(String(corpId)) ?? world.corp));
	});
	router.get('/media/:id', (request, response) => {
		const media = [...world.corps.values()].flatMap(
			(corp) => corp.media.get(request.params.id) ?? [],
		);
		const [file] = media;
		if (!file) response.status(400).json({ error: `There is no media ${request.params.id}` });
		// As a file, so that what was uploaded never runs on the page's own origin.
		else response.attachment(file.fileName).type(file.mimeType).send(file.content);
	});
	router.post(
		'/department',
		action(people, ({ id, userids }) => setDepartment(world.corp, id, userids)),
	);
	router.post(
		'/member-tag',
		action(people, ({ id, userids }) => setMemberTag(world.corp, id, userids)),
	);
}

/** Phones with something on them, those of the latest message first. */
function phones(corp: Corp): object[] {
	return [...corp.members.values()]
		.map(({ userid, name }) => ({ userid, name, ...phoneView(corp, userid) }))
		.filter(({ messages, dropped }) => messages.length + dropped > 0)
		.sort((a, b) => (b.messages.at(-1)?.time ?? 0) - (a.messages.at(-1)?.time ?? 0))
		.slice(0, SHOWN_PHONES)
		.map((phone) => ({ ...phone, messages: phone.messages.slice(-SHOWN_MESSAGES) }));
}

function phoneView(corp: Corp, userid: string) {
	const { messages, dropped } = phoneOf(corp, userid);
	return { messages: messages.map((message) => messageView(corp, message)), dropped };
}

function messageView(corp: Corp, message: AppMessage) {
	const { msgid, agentId, from, msgtype, content, time, recalledAt } = message;
	const fileName = corp.media.get(String(content.media_id))?.fileName;
	return { msgid, agentId, from, msgtype, content, fileName, time, recalledAt: recalledAt ?? null };
}
