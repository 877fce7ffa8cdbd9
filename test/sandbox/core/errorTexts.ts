/** Codes of no area in particular (doc 90313). The areas add theirs (see `Area.errorTexts`). */
export const generalErrorTexts: Readonly<Record<number, string>> = {
	[-1]: 'system busy',
	40058: 'invalid parameter',
	40063: 'some parameters are empty',
};
