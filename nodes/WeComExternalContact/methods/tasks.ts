import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { editorClient } from '../../shared/adapters/context';
import { matches, portionOf, positionOf } from '../../shared/adapters/searchList';
import { readOn } from '../../shared/client/core/pagination';
import type { ListedTask } from '../../shared/client/massMessages/browseTasks';
import { browseTasks, tasksUntil } from '../../shared/client/massMessages/browseTasks';
import { toIso } from '../../shared/operation/time';

/** How many days back the list of recent tasks goes. */
const RECENT_DAYS = 180;
const DAY_SECONDS = 24 * 60 * 60;

/** Characters of a message that the list shows. */
const TEXT_CHARACTERS = 72;

/** Characters of a msgid that the list shows: the tasks of one broadcast have the same text and time. */
const MSGID_CHARACTERS = 6;

/** Tasks of the company by text and time, newest first. */
export async function searchTasks(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const timezone = this.getTimezone();
	const { entries, next } = await editorClient(this, async (client) => {
		const now = Math.floor(client.clock.now() / 1_000);
		return await readOn(
			positionOf(paginationToken, tasksUntil(now + 1)),
			async (position) => await browseTasks(client, position, now - RECENT_DAYS * DAY_SECONDS),
			(task) => matches(`${taskName(task, timezone)} ${task.msgid}`, filter),
			{ enough: 20, portions: 4 },
		);
	});
	return portionOf(
		entries.map((task) => ({
			name: shortened(taskName(task, timezone)),
			value: task.msgid,
		})),
		next,
	);
}

function taskName(task: ListedTask, zone: string): string {
	const { create_time, chat_type, text, attachments } = task;
	const time = toIso(create_time, zone)?.slice(0, 19).replace('T', ' ') ?? '';
	const content = text?.content?.replace(/\s+/g, ' ').trim() ?? '';
	const kinds = (attachments ?? []).map(({ msgtype }) => `[${msgtype}]`).join(' ');
	const target = chat_type === 'group' ? ' to groups' : '';
	return `${time} …${endOf(task.msgid)}${target}: ${content === '' ? kinds : content}`;
}

/** The last characters that tell tasks apart: WeCom may fill its IDs up with A, as zeros are in Base64. */
function endOf(msgid: string): string {
	return msgid.replace(/A+$/, '').slice(-MSGID_CHARACTERS);
}

/** Cuts by characters, so that none is cut in half. */
function shortened(text: string): string {
	const characters = [...text];
	return characters.length <= TEXT_CHARACTERS
		? text
		: `${characters.slice(0, TEXT_CHARACTERS).join('')}…`;
}
