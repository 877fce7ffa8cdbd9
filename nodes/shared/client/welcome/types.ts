import type { Attachment, TextContent } from '../massMessages/types';

/** `send_welcome_msg` (doc 92137). */
export interface SendWelcomeRequest {
	welcome_code: string;
	text?: TextContent;
	attachments?: Attachment[];
}

/**
 * What a group welcome template says: a text, one attachment under the name of its type, or both. WeCom returns a
 * picture as `pic_url`, never as `media_id` (doc 92366).
 */
export type TemplateContent = { text?: TextContent } & {
	[Each in Attachment as Each['msgtype']]?: Each[Each['msgtype'] & keyof Each];
};

export type AddTemplateRequest = TemplateContent & {
	/** 1, WeCom's default, tells the members about the new template. */
	notify: 0 | 1;
};

export interface TemplateId {
	template_id: string;
}

export type EditTemplateRequest = TemplateContent & TemplateId;
