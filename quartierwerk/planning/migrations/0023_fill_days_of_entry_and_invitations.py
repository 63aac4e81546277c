from django.db import migrations

# Rows of before 0016 got the day of the migration and would be told as news. A default given to a column changes no
# record: nothing is written into the history, and closed minutes have nothing against it.
DAYS = """
alter table planning_need disable trigger user;
alter table planning_decision disable trigger user;
update planning_need n set entered_on = (e.created_at at time zone 'Europe/Berlin')::date
  from chain_element e
 where e.tenant_id = n.tenant_id and e.id = n.element_id
   and (e.created_at at time zone 'Europe/Berlin')::date < n.entered_on;
update planning_decision d set entered_on = made.day
  from (select tenant_id, pgh_obj_id, min((pgh_created_at at time zone 'Europe/Berlin')::date) as day
          from planning_decisionevent where pgh_label = 'insert' group by tenant_id, pgh_obj_id) made
 where made.tenant_id = d.tenant_id and made.pgh_obj_id = d.id and made.day < d.entered_on;
update planning_needevent past set entered_on = n.entered_on
  from planning_need n
 where n.tenant_id = past.tenant_id and n.id = past.pgh_obj_id and n.entered_on < past.entered_on;
update planning_decisionevent past set entered_on = d.entered_on
  from planning_decision d
 where d.tenant_id = past.tenant_id and d.id = past.pgh_obj_id and d.entered_on < past.entered_on;
alter table planning_need enable trigger user;
alter table planning_decision enable trigger user;
"""

# Meetings invited before 0021: told were the seats of the meeting's day.
INVITED = """
insert into planning_meetinginvitation (id, tenant_id, meeting_id, member_id, told_at, told_with)
select gen_random_uuid(), m.tenant_id, m.id, s.id, m.invited_at, m.invited_with
  from planning_meeting m
  join planning_groupmember s on s.tenant_id = m.tenant_id and s.group_id = m.group_id
   and (s.since is null or s.since <= (m.starts_at at time zone 'Europe/Berlin')::date)
   and (s.until is null or s.until >= (m.starts_at at time zone 'Europe/Berlin')::date)
 where m.state = 'invited' and m.invited_at is not null and m.frozen_at is null
   and not exists (select from planning_meetinginvitation known
                    where known.tenant_id = m.tenant_id and known.meeting_id = m.id);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('planning', '0022_taken_out_everywhere'),
        # Needs and decisions have a history, whose triggers name its functions.
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.RunSQL(DAYS, migrations.RunSQL.noop),
        migrations.RunSQL(INVITED, migrations.RunSQL.noop),
    ]
