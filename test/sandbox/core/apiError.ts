import { errorTexts } from './errorTexts';

/** A refusal as WeCom words it: HTTP 200 with an `errcode` (doc 90313). */
export class ApiError extends Error {
	constructor(
		readonly errcode: number,
		readonly text = errorTexts[errcode] ?? 'unknown error',
	) {
		super(`${errcode} ${text}`);
	}
}

/**
 * The body of a refusal. The endpoint's empty fields stay in it, so that an empty list is no proof
 * of "no data" (observed 2026-09).
 */
export function errorBody(
	error: ApiError,
	context: { ip: string; now: number; emptyFields: Readonly<Record<string, unknown>> },
): Record<string, unknown> {
	return {
		errcode: error.errcode,
		errmsg: errmsg(error, context),
		...context.emptyFields,
	};
}

function errmsg(error: ApiError, { ip, now }: { ip: string; now: number }): string {
	// 40014 carries its bare text in the replies that were seen (observed 2026-09).
	if (error.errcode === 40014) return error.text;
	return (
		`${error.text}, hint: [${hint(now)}], from ip: ${ip}, ` +
		`more info at https://open.work.weixin.qq.com/devtool/query?e=${error.errcode}`
	);
}

/** 25 digits that begin with the time (observed 2026; older hints looked different). */
function hint(now: number): string {
	let digits = String(now);
	while (digits.length < 25) digits += Math.floor(Math.random() * 10);
	return digits.slice(0, 25);
}
