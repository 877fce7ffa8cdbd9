/**
 * The sandbox's own time. It starts at real time (or at `startAt`) and runs along with it. A test moves
 * or freezes it, so that "three days later" takes no time and nothing ever sleeps.
 */
export class SandboxClock {
	private offsetMs = 0;
	private frozenAtMs: number | undefined;

	constructor(startAt?: Date | number) {
		if (startAt !== undefined) this.set(startAt);
	}

	/** Unix seconds, as WeCom writes every time. */
	now(): number {
		return Math.floor((this.frozenAtMs ?? Date.now() + this.offsetMs) / 1000);
	}

	get frozen(): boolean {
		return this.frozenAtMs !== undefined;
	}

	/** A number is Unix seconds. */
	set(date: Date | number): void {
		const target = typeof date === 'number' ? date * 1000 : date.getTime();
		if (Number.isNaN(target)) throw new RangeError('The sandbox clock needs a valid date');
		this.offsetMs = target - Date.now();
		if (this.frozen) this.frozenAtMs = target;
	}

	advance(seconds: number): void {
		this.offsetMs += seconds * 1000;
		if (this.frozenAtMs !== undefined) this.frozenAtMs += seconds * 1000;
	}

	/** Stops the clock, for tests of both sides of an exact second. */
	freeze(): void {
		this.frozenAtMs ??= Date.now() + this.offsetMs;
	}

	unfreeze(): void {
		if (this.frozenAtMs === undefined) return;
		this.offsetMs = this.frozenAtMs - Date.now();
		this.frozenAtMs = undefined;
	}
}
