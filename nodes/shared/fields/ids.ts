import { WeComInputError } from '../client/core/errors';
import { isBlank, isUnclear, visible, withoutInvisible, withoutStray } from './characters';
import { checkSendable } from './textLimits';

interface Shape {
	/** How messages call it. */
	readonly noun: string;
	readonly pattern: RegExp;
	/** What the pattern takes, for people. */
	readonly takes: string;
}

/** More than WeCom is known to use, and nothing that could stand between two IDs or come from a mistake. */
const MADE_BY_WECOM = {
	pattern: /^[A-Za-z0-9_@.+/=:~-]+$/,
	takes: 'letters, digits and _ - @ . + / = : ~',
};

/** What an ID of each kind looks like. */
const SHAPES = {
	customer: { noun: 'an external user ID', ...MADE_BY_WECOM },
	chat: { noun: 'a chat ID', ...MADE_BY_WECOM },
	tag: { noun: 'a tag ID', ...MADE_BY_WECOM },
	union: { noun: 'a union ID', ...MADE_BY_WECOM },
	tagGroup: { noun: 'a tag group ID', ...MADE_BY_WECOM },
	task: { noun: 'a msgid', ...MADE_BY_WECOM },
	media: { noun: 'a media ID', ...MADE_BY_WECOM },
	welcomeTemplate: { noun: 'a template ID', ...MADE_BY_WECOM },
	welcomeCode: { noun: 'a welcome code', ...MADE_BY_WECOM },
	app: { noun: 'an agent ID', pattern: /^[0-9]+$/, takes: 'digits' },
	department: { noun: 'a department ID', pattern: /^[0-9]+$/, takes: 'digits' },
	memberTag: { noun: 'the ID of a tag of the address book', pattern: /^[0-9]+$/, takes: 'digits' },
	serviceAccount: { noun: 'an account ID', ...MADE_BY_WECOM },
	eventCode: { noun: 'an event code', ...MADE_BY_WECOM },
	// New ones are ASCII with "_-@." (doc 90195); a company may have older ones.
	member: {
		noun: 'a user ID',
		pattern: /^[\p{L}\p{M}\p{N}_@.+/=:~-]+$/u,
		takes: MADE_BY_WECOM.takes,
	},
	phone: {
		noun: 'a phone number',
		// Written in many ways, such as 010.8888 ext. 1 and 0571-8888转1; 1.38e+21 is what a spreadsheet makes of one.
		pattern: /^(?=.*[0-9])(?!.*[0-9]e\+)[\p{L}0-9+().#*/ -]+$/u,
		takes: 'digits, and letters, spaces and + - ( ) . # * / beside them,',
	},
} as const satisfies Record<string, Shape>;

export type IdKind = keyof typeof SHAPES;

/** What JavaScript makes of a value that is none. Nothing else: a member may be called "nan". */
const NO_ID = /^(undefined|null|NaN|-?Infinity|true|false)$/;
const NO_NAME = /^(undefined|null|NaN|\[object .*)$/;

const QUOTES =
	'"\'`\u00ab\u00b4\u00bb\u2018-\u201f\u2032\u2033\u2039\u203a\u300c-\u300f\uff02\uff07';
const OUTER_QUOTES = new RegExp(`^[\\s${QUOTES}]+|[\\s${QUOTES}]+$`, 'gu');

/** A name in quotes, which are a part of it where they do not come in a pair. */
const QUOTED_NAMES = [
	/^"([^"]*)"$/,
	/^'([^']*)'$/,
	/^`([^`]*)`$/,
	/^[\u201c-\u201f]([^\u201c-\u201f]*)[\u201c-\u201f]$/,
	/^[\u2018-\u201b]([^\u2018-\u201b]*)[\u2018-\u201b]$/,
];

/** IDs as they nearly always come. Nothing in one could be taken away or be a separator. */
const PLAIN = /^[A-Za-z0-9_-]+$/;

/** Whether a text is one ID already, or none at all; `checkId` tells. */
export function isPlain(text: unknown): text is string {
	return typeof text === 'string' && PLAIN.test(text);
}

/** An ID without what copying adds to it: quotes, blanks and invisible characters around it or within. */
export function cleanId(text: string, kind: IdKind): string {
	if (isPlain(text)) return text;
	const plain = kind === 'phone' ? withoutStray(text) : text;
	return withoutInvisible(plain).replace(OUTER_QUOTES, '');
}

/** A name without what copying adds to it. Emoji, and quotes within, are part of a name. */
export function cleanName(text: string): string {
	const name = withoutStray(text).trim();
	const quoted = QUOTED_NAMES.map((pattern) => pattern.exec(name)?.[1]);
	const clean = quoted.find((each) => each !== undefined)?.trim() ?? name;
	return isBlank(clean) ? '' : clean;
}

/**
 * @param id a clean one
 * @throws WeComInputError when it cannot be an ID of this kind
 */
export function checkId(id: string, label: string, kind: IdKind): void {
	const { noun, pattern, takes }: Shape = SHAPES[kind];
	if (NO_ID.test(id)) throw notA(noun, id, label, RESOLVED_TO_NOTHING);
	if (pattern.test(id)) return;
	const code = isUnclear(id) ? ` ${CODES}` : '';
	throw notA(noun, id, label, `It may have ${takes} only. Correct it or leave it out.${code}`);
}

/**
 * @param name a clean one
 * @throws WeComInputError when nobody would call anything so
 */
export function checkName(name: string, label: string): void {
	if (NO_NAME.test(name)) throw notA('a name', name, label, RESOLVED_TO_NOTHING);
	checkSendable(name, `${visible(name)} in ${label}`);
}

const RESOLVED_TO_NOTHING =
	'An expression resolved to nothing and became text. Correct it, or filter out items without a value before this node.';

const CODES =
	'⟨U+…⟩ is the code of a character that cannot be seen, or that only looks like a Latin letter.';

function notA(noun: string, value: string, label: string, remedy: string): WeComInputError {
	return new WeComInputError(`${visible(value)} in ${label} is not ${noun}`, remedy);
}
