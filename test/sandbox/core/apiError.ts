/** Texts of the codes of no area in particular (doc 90313). The areas add theirs (see `Area.errorTexts`). */
export const generalErrorTexts: Readonly<Record<number, string>> = {
	[-1]: 'system busy',
	40008: 'invalid message type',
	40058: 'invalid parameter',
	40063: 'some parameters are empty',
};

/** A refusal as WeCom words it: HTTP 200 with an `errcode` (doc 90313). */
export class ApiError extends Error {
	/** @param text default: the text of the code's area */
	constructor(
		readonly errcode: number,
		readonly text?: string,
	) {
		super(text === undefined ? String(errcode) : `${errcode} ${text}`);
	}
}

/** What the body of a refusal is made of, besides the code. */
export interface ErrorContext {
	/** The caller's, as WeCom sees it. */
	readonly ip: string;
	/** Unix seconds. */
	readonly now: number;
	readonly emptyFields: Readonly<Record<string, unknown>>;
	/** By code. */
	readonly errorTexts: Readonly<Record<number, string>>;
}

/**
 * The body of a refusal. It keeps the endpoint's empty fields, so an empty list does not prove that
 * there is no data (observed 2026-09).
 */
export function errorBody(error: ApiError, context: ErrorContext): Record<string, unknown> {
	return {
		errcode: error.errcode,
		errmsg: errmsg(error, context),
		...context.emptyFields,
	};
}

/** The error's own text, else that of its code. */
export function textOf(error: ApiError, errorTexts: ErrorContext['errorTexts']): string {
	return error.text ?? errorTexts[error.errcode] ?? 'unknown error';
}

function errmsg(error: ApiError, { ip, now, errorTexts }: ErrorContext): string {
	const text = textOf(error, errorTexts);
	// 40014 comes with its bare text (observed 2026-09).
	if (error.errcode === 40014) return text;
	return (
		`${text}, hint: [${hint(now)}], from ip: ${ip}, ` +
		`more info at https://open.work.weixin.qq.com/devtool/query?e=${error.errcode}`
	);
}

/** 25 digits that begin with the time (observed 2026; older hints looked different). */
function hint(now: number): string {
	let digits = String(now);
	while (digits.length < 25) digits += Math.floor(Math.random() * 10);
	return digits.slice(0, 25);
}
