import type { Request, Response } from 'express';
import { z } from 'zod';

import type { Corp } from '../world/corp';
import type { World } from '../world/world';

/** Which corp an action is about; without it, the first. */
export const corpName = { corp: z.string().optional() };

export function corpOf(world: World, corpId: string | undefined): Corp {
	if (corpId === undefined) return world.corp;
	const corp = world.corps.get(corpId);
	if (!corp) throw new Error(`There is no corp ${corpId}`);
	return corp;
}

/** A call of the control API: reads the body by its schema, acts, responds with what the action gives back. */
export function action<Schema extends z.ZodTypeAny>(
	schema: Schema,
	act: (input: z.output<Schema>) => unknown,
) {
	return async (request: Request, response: Response): Promise<void> => {
		const input = schema.safeParse(request.body ?? {});
		if (!input.success) {
			response.status(400).json({ error: describe(input.error) });
			return;
		}
		try {
			response.json((await act(input.data as z.output<Schema>)) ?? {});
		} catch (error) {
			response.status(400).json({ error: error instanceof Error ? error.message : String(error) });
		}
	};
}

/** One line that a person can read: which field, and what is wrong with it. */
function describe({ issues }: z.ZodError): string {
	return issues
		.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '))
		.join('; ');
}
