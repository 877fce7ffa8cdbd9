import { RunStates } from '../../../nodes/shared/client/core/runState';

const heavy = () => ({ weight: 1 });

it('gives a repeated run what it remembered, and counts the tries', () => {
	const runs = new RunStates(Date.now);
	const first = runs.of('run');
	const value = first.state('memo', heavy);
	const again = runs.of('run');
	expect([again.attempt, again.state('memo', heavy) === value]).toEqual([2, true]);
});

it('treats a loop iteration and another node as separate runs', () => {
	const runs = new RunStates(Date.now);
	const value = runs.of('run 0').state('memo', heavy);
	const other = runs.of('run 1');
	expect([other.attempt, other.state('memo', heavy) === value]).toEqual([1, false]);
});

it('remembers a run that succeeded for one more minute, and one that failed for as long as there is room', () => {
	let now = 0;
	const runs = new RunStates(() => now);
	const remembers = (scope: string, value: object) => runs.of(scope).state('memo', heavy) === value;
	const [succeeded, failed] = ['succeeded', 'failed'].map((scope) => runs.of(scope));
	const ofSucceeded = succeeded!.state('memo', heavy);
	const ofFailed = failed!.state('memo', heavy);
	runs.succeeded(succeeded!);
	now = 60_000;
	expect(remembers('succeeded', ofSucceeded)).toBe(true);
	// That was another attempt, of which nobody knows how it ended.
	now = 600_000;
	expect(remembers('succeeded', ofSucceeded)).toBe(true);
	runs.succeeded(succeeded!);
	now += 60_001;
	expect(remembers('succeeded', ofSucceeded)).toBe(false);
	expect(remembers('failed', ofFailed)).toBe(true);
});

it.each([
	['runs', { runs: 2, weight: 100 }, [false, false, true]],
	['things', { runs: 100, weight: 2 }, [false, true, true]],
])('forgets the oldest when there are too many %s, but never the current run', (_, most, kept) => {
	const runs = new RunStates(Date.now, most);
	const values = ['a', 'b', 'c'].map((scope) => runs.of(scope).state('memo', heavy));
	runs.of('d');
	const now = ['c', 'b', 'a'].map((scope) => runs.of(scope).state('memo', heavy)).reverse();
	expect(now.map((value, index) => value === values[index])).toEqual(kept);
});
