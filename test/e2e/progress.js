/** Tells which case runs, as it begins: jest itself is silent until the last one of the file has ended. */
module.exports = class Progress {
	onTestCaseStart(_test, { ancestorTitles, title }) {
		this.say([...ancestorTitles, title].join(' › '));
	}

	onTestCaseResult(_test, { status, duration }) {
		if (status === 'passed' || status === 'failed') {
			this.say(`  ${status} after ${Math.round((duration ?? 0) / 1000)} s`);
		}
	}

	say(line) {
		process.stderr.write(`${line}\n`);
	}
};
