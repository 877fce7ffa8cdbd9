/** Something that WeCom left out of what was read, of one or more things. */
export interface Notice {
	/** @param counts what it is about, and how often it was met */
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
 * What the readers of a run met that is no failure, and that somebody should know. They put it here, so that who
 * runs them need not think of it; it is told once, at the end.
 */
export class Notices {
	private readonly met = new Map<Notice, Map<string, number>>();

	add(notice: Notice, subject: string): void {
		const counts = this.met.get(notice) ?? new Map<string, number>();
		counts.set(subject, (counts.get(subject) ?? 0) + 1);
		this.met.set(notice, counts);
	}

	/** A text for each kind. */
	texts(): string[] {
		return [...this.met].map(([notice, counts]) => notice.say(counts));
	}
}
