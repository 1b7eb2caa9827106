"""A sound file of one activity, and how to break it."""

from datetime import UTC, datetime

from trainreg.iati.validator import Verdict, check

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SOUND = """<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03" generated-datetime="2026-11-01T00:00:00Z">
  <iati-activity xml:lang="en" default-currency="USD" last-updated-datetime="2026-11-01T00:00:00Z" humanitarian="0">
    <iati-identifier>XX-EXAMPLE-1-PROJ</iati-identifier>
    <reporting-org ref="XX-EXAMPLE-1" type="40"><narrative>Example</narrative></reporting-org>
    <title><narrative>Training of officials</narrative></title>
    <description type="1"><narrative>Example data only.</narrative></description>
    <participating-org role="1" type="10"><narrative>Example Donor</narrative></participating-org>
    <activity-status code="2"/>
    <activity-date type="1" iso-date="2026-01-01"/>
    <activity-date type="2" iso-date="2026-01-02"/>
    <activity-date type="3" iso-date="2026-12-31"/>
    <recipient-country code="MN" percentage="100"/>
    <sector vocabulary="1" code="15190" percentage="60"/>
    <sector vocabulary="1" code="15136" percentage="40"/>
    <policy-marker vocabulary="1" code="1" significance="1"/>
    <budget type="1" status="1">
      <period-start iso-date="2026-01-01"/>
      <period-end iso-date="2026-12-31"/>
      <value value-date="2026-01-01">1000</value>
    </budget>
    <result type="1" aggregation-status="0">
      <title><narrative>Officials trained</narrative></title>
      <indicator measure="1" ascending="1" aggregation-status="0">
        <title><narrative>Unique officials trained</narrative></title>
        <reference vocabulary="99" code="1.a"/>
        <baseline year="2025" value="0"/>
        <period>
          <period-start iso-date="2026-01-01"/>
          <period-end iso-date="2026-06-30"/>
          <target value="20"/>
          <actual value="12"/>
          <actual value="7"><dimension name="sex" value="Female"/></actual>
          <actual value="5"><dimension name="sex" value="Male"/></actual>
          <actual value="7"><dimension name="sex" value="Female"/><dimension name="agency" value="A"/></actual>
          <actual value="0"><dimension name="sex" value="Female"/><dimension name="agency" value="B"/></actual>
        </period>
      </indicator>
    </result>
  </iati-activity>
</iati-activities>
"""


def verdict_of(text: str | bytes) -> Verdict:
    return check(text.encode() if isinstance(text, str) else text, now=NOW)


def broken(before: str, after: str) -> Verdict:
    """The verdict on the sound file with one thing changed."""
    assert before in SOUND
    return verdict_of(SOUND.replace(before, after, 1))
