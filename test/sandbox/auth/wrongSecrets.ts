import { HOUR } from '../core/calendar';

/**
 * An IP that sends too many wrong secrets within an hour is blocked for an hour (45009, doc 91039),
 * for gettoken alone (A51).
 */
export class WrongSecrets {
	private readonly timesByIp = new Map<string, number[]>();
	private readonly blockedUntil = new Map<string, number>();

	record(ip: string, now: number, allowedPerHour: number): void {
		const times = (this.timesByIp.get(ip) ?? []).filter((time) => time > now - HOUR);
		times.push(now);
		this.timesByIp.set(ip, times);
		if (times.length >= allowedPerHour) this.blockedUntil.set(ip, now + HOUR);
	}

	isBlocked(ip: string, now: number): boolean {
		return now < (this.blockedUntil.get(ip) ?? 0);
	}

	clear(): void {
		this.timesByIp.clear();
		this.blockedUntil.clear();
	}
}
