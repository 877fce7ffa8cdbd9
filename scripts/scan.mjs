// The scan that n8n runs on a published community package, on our sources and on our tarball, without a registry.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

import { root } from './lib/run.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'wecom-external-contact-scan-'));
try {
	const [tarball] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--pack-destination', scratch], { cwd: root }),
	);
	execFileSync('tar', ['-xzf', tarball.filename], { cwd: scratch });

	report('Sources', await analyzePackage(root, SOURCE_FILE_PATTERNS));
	report('Tarball', await analyzePackage(join(scratch, 'package'), ['**/*.js', 'package.json']));
} finally {
	rmSync(scratch, { recursive: true });
}

function report(leg, { passed, message, details }) {
	console.log(`${leg}: ${passed ? 'passed' : `failed. ${message}`}`);
	if (passed) return;
	console.log(details);
	process.exitCode = 1;
}
