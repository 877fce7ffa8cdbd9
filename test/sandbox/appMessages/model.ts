/** The kinds of application messages that the sandbox plays (doc 90236). */
export type AppMessageType =
	| 'text'
	| 'image'
	| 'voice'
	| 'video'
	| 'file'
	| 'textcard'
	| 'news'
	| 'markdown'
	| 'template_card';

/** One call of `message/send`, as the members see it. Times are Unix seconds. */
export interface AppMessage {
	readonly msgid: string;
	readonly agentId: number;
	/** Name of the app at that time. */
	readonly from: string;
	readonly msgtype: AppMessageType;
	/** What stands below the message type's name in the request, cut to what members see. */
	readonly content: Readonly<Record<string, unknown>>;
	readonly time: number;
	/** User IDs of those who got it. */
	readonly receivers: ReadonlySet<string>;
	/** Whoever got too many messages lately does not get this one, and no error says so. */
	readonly dropped: ReadonlySet<string>;
	recalledAt?: number;
}
