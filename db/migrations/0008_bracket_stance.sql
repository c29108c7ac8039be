CREATE TABLE `bracket_stance` (
	`id` text PRIMARY KEY NOT NULL,
	`text_id` text NOT NULL,
	`bracket_id` text NOT NULL,
	`number` integer NOT NULL,
	`paragraph_ids` text NOT NULL,
	`entity_id` text,
	`group_id` text,
	`exceptions` text NOT NULL,
	`asks` integer NOT NULL,
	`view` text NOT NULL,
	`reason` text NOT NULL,
	`meeting_id` text,
	`said_on` text,
	`kind` text NOT NULL,
	`supersedes` text,
	`seq` integer NOT NULL,
	`delegation_id` text,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	FOREIGN KEY (`text_id`) REFERENCES `text`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entity_id`) REFERENCES `entity`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `entity_group`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`delegation_id`) REFERENCES `delegation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`set_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `bracket_stance_number` ON `bracket_stance` (`text_id`,`bracket_id`,`number`);