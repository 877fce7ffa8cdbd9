/** States of a session between a customer and an account (doc 94669). */
export const SESSION = { new: 0, assistant: 1, pool: 2, human: 3, ended: 4 } as const;

export type SessionState = (typeof SESSION)[keyof typeof SESSION];

/** Content of a message under the name of its type, as it is on the wire. */
export type Content = Readonly<Record<string, unknown>>;

/** Whether a servicer takes customers (doc 94645). */
export type ServicerStatus = 'receiving' | 'stopped' | 'suspended';

/** A customer service account, with all that `sync_msg` reads from it. Times are Unix seconds. */
export interface KfAccount {
	readonly openKfId: string;
	/** Of the corp's accounts; stands for the account in its cursors. */
	readonly number: number;
	name: string;
	avatar: string;
	deleted: boolean;
	/** Agent IDs of the apps that may manage its messages and sessions (48007). */
	readonly managedBy: Set<number>;
	/** By user ID. */
	readonly servicers: Map<string, ServicerStatus>;
	readonly departments: Set<number>;
	/** Every row that `sync_msg` has had, oldest first. */
	readonly rows: Row[];
	/** Of the customers who have entered, by external user ID. */
	readonly chats: Map<string, Chat>;
	/** The scene of each link given out, by its URL. */
	readonly links: Map<string, string>;
	/** The msgids that messages were sent with. */
	readonly usedMsgids: Set<string>;
	/** What statistics are made of. */
	readonly journal: JournalEntry[];
}

/** One row of `sync_msg` (doc 94670). */
export interface Row {
	readonly msgid: string;
	readonly sendTime: number;
	/** 3: the customer; 4: the system; 5: a servicer, in the WeCom client. */
	readonly origin: 3 | 4 | 5;
	/** Not of events: they have it in their content. */
	readonly externalUserid?: string;
	readonly servicerUserid?: string;
	readonly msgtype: string;
	readonly content: Content;
	/** Of a voice message: its Silk version. */
	readonly silkMediaId?: string;
}

/** What one customer and the account have said, and where they stand. */
export interface Chat {
	readonly externalUserid: string;
	state: SessionState;
	/** While a human serves, and who did so last. */
	servicerUserid?: string;
	/** Counts the sessions of this chat. */
	session: number;
	/** The replies of apps count from here: 5 within 48 hours (doc 94677). */
	lastMessageAt?: number;
	/** Replies of apps since then. */
	replies: number;
	welcomedAt?: number;
	/** How the customer entered last (doc 95159). */
	entered?: { readonly at: number; readonly context: Content };
	/** The customer rejects messages of this account. */
	blocked: boolean;
	/** A servicer rejects the customer's messages. */
	rejected: boolean;
	/** Marked as recommended to a member or a group. */
	upgraded: boolean;
	/** As the customer sees it on WeChat, oldest first. */
	readonly entries: ChatEntry[];
}

export interface ChatEntry {
	readonly msgid: string;
	readonly time: number;
	readonly from: 'customer' | 'servicer' | 'app' | 'system';
	/** Of the servicer. */
	readonly userid?: string;
	readonly msgtype: string;
	readonly content: Content;
	recalled: boolean;
	/** Why it never reached the customer, as in `msg_send_fail` (doc 94670). */
	failType?: number;
}

export interface JournalEntry {
	readonly time: number;
	readonly what:
		| 'session'
		| 'customer_message'
		| 'rejected_message'
		| 'api_reply'
		| 'assigned'
		| 'servicer_reply'
		| 'upgraded';
	readonly externalUserid: string;
	readonly session: number;
	readonly userid?: string;
}

/** What a code of `send_msg_on_event` was given for (doc 95122). */
export type CodeKind = 'welcome' | 'pool' | 'human' | 'ended';

/** Allows one message (doc 95122). */
export interface EventCode {
	readonly kind: CodeKind;
	readonly account: KfAccount;
	readonly chat: Chat;
	readonly issuedAt: number;
	/** Of the session when the code was given out. */
	readonly state: SessionState;
	used: boolean;
}
