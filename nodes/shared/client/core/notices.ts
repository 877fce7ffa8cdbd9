/** A kind of thing that WeCom left out of what was read. One notice covers one or more occurrences. */
export interface Notice {
	/** @param counts the subjects, and how often each occurred */
	say(counts: ReadonlyMap<string, number>): string;
}

/** About kinds of things: such as tags that came without the ID by which they could be given. */
export const WITHOUT_ID: Notice = {
	say(counts) {
		const things = [...counts].map(
			([thing, count]) => `${count} ${thing}${count === 1 ? '' : 's'}`,
		);
		return `WeCom gave ${things.join(' and ')} without an ID. What has none was left out.`;
	},
};

/**
 * Non-failures that a run's reads encountered and that the user should know about. Readers record them here, so their
 * callers needn't track them. They are reported once, at the end.
 */
export class Notices {
	private readonly met = new Map<Notice, Map<string, number>>();

	add(notice: Notice, subject: string): void {
		const counts = this.met.get(notice) ?? new Map<string, number>();
		counts.set(subject, (counts.get(subject) ?? 0) + 1);
		this.met.set(notice, counts);
	}

	/** What a notice has been recorded for. */
	subjectsOf(notice: Notice): string[] {
		return [...(this.met.get(notice)?.keys() ?? [])];
	}

	/** One text per kind. */
	texts(): string[] {
		return [...this.met].map(([notice, counts]) => notice.say(counts));
	}
}
