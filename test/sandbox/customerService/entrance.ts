import type { Chat, Content, KfAccount } from './model';
import { WINDOW_SECONDS } from './state';

/** How a customer enters: by a link with its scene, or from elsewhere (doc 94670). */
export interface Entrance {
	/** Of `add_contact_way`, perhaps with a `scene_param`. */
	link?: string;
	scene?: string;
	sceneParam?: string;
	/** Of a video account (视频号). */
	channels?: Content;
}

/** Neither welcomed nor heard for 48 hours (doc 94670). */
export function isWelcome(chat: Chat, now: number): boolean {
	const quiet = (since?: number): boolean => since === undefined || now >= since + WINDOW_SECONDS;
	const lastWritten = chat.entries.findLast((entry) => entry.from === 'customer')?.time;
	return quiet(chat.welcomedAt) && quiet(lastWritten);
}

/** A link tells its scene, and what the company appended to it (doc 94665). */
export function contextOf(
	account: KfAccount,
	{ link, scene, sceneParam, channels }: Entrance,
): Content {
	const context = { scene, sceneParam };
	if (link !== undefined) {
		const url = new URL(link);
		context.sceneParam = url.searchParams.get('scene_param') ?? undefined;
		url.searchParams.delete('scene_param');
		context.scene = account.links.get(url.href);
		if (context.scene === undefined) throw new Error(`${link} is no link of this account`);
	}
	return {
		scene: context.scene ?? '',
		...(context.sceneParam ? { scene_param: context.sceneParam } : {}),
		...(channels ? { wechat_channels: channels } : {}),
	};
}
