import type { Scenario } from '../../harness/scenario';

/** Calls the sandbox from 203.0.113.7, an IP that no app trusts. */
export function callFromUntrustedIp({ sandbox: { world } }: Scenario): void {
	for (const app of world.corp.apps.values()) app.trustedIps = ['198.51.100.1'];
	world.callerIp = '203.0.113.7';
}
