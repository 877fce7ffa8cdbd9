/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the sandbox is a real server and never ships: its page lies next to this file */
import type { RequestHandler } from 'express';
import express from 'express';

/** The page for people at `GET /`: plain files, no build step. */
export function page(): RequestHandler {
	return express.static(`${__dirname}/page`, { redirect: false });
}
